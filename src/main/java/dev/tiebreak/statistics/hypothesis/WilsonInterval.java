package dev.tiebreak.statistics.hypothesis;

import dev.tiebreak.statistics.Estimate;

/// Score interval of a share (Wilson 1927; method 3 of Newcombe 1998), without continuity correction.
public final class WilsonInterval {

    private WilsonInterval() {}

    /// The share of successes. Undefined without trials.
    ///
    /// @param confidence between 0 and 1
    public static Estimate of(long successes, long trials, double confidence) {
        return Estimate.share(successes, trials, confidence);
    }
}
