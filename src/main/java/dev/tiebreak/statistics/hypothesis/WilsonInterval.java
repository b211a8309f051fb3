package dev.tiebreak.statistics.hypothesis;

import dev.tiebreak.statistics.Estimate;

/// Score interval of a share (Wilson 1927; method 3 of Newcombe 1998), without continuity correction.
public final class WilsonInterval {

    private WilsonInterval() {}

    /// The share of successes. Undefined without trials.
    ///
    /// @param confidence between 0 and 1
    public static Estimate of(long successes, long trials, double confidence) {
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException(successes + " successes in " + trials + " trials");
        }
        if (trials == 0) {
            return new Estimate.Undefined("there is nothing to take a share of yet");
        }
        double n = trials;
        double share = successes / n;
        double z = Estimate.normalQuantile(confidence);
        double centre = (share + z * z / (2 * n)) / (1 + z * z / n);
        double half = z * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n);
        double low = successes == 0 ? 0 : Math.max(0, centre - half); // exact at the ends, where rounding would show
        double high = successes == trials ? 1 : Math.min(1, centre + half);
        return new Estimate.Defined(share, Math.sqrt(share * (1 - share) / n), low, high, confidence, "Wilson score");
    }
}
