package dev.tiebreak.statistics;

import dev.tiebreak.statistics.numeric.Quantile;
import dev.tiebreak.statistics.numeric.Spread;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// What a statistic says about some data: a value with its interval, a value alone, or why there is neither.
///
/// Too little data is a value of this type, never NaN and never an exception.
public sealed interface Estimate {

    /// The value, where there is one.
    OptionalDouble point();

    /// A value with an interval that covers the truth in the share `confidence` of studies.
    ///
    /// @param standardError of the value, in its own unit
    /// @param confidence between 0 and 1, such as 0.95
    /// @param method how the interval was made, in words a person can look up
    record Defined(double value, double standardError, double low, double high, double confidence, String method)
            implements Estimate {
        public Defined {
            if (!Double.isFinite(value) || !(low <= high) || !(standardError >= 0)) {
                throw new IllegalArgumentException(
                        "not an estimate: " + value + " ± " + standardError + " in [" + low + ", " + high + "]");
            }
        }

        @Override
        public OptionalDouble point() {
            return OptionalDouble.of(value);
        }
    }

    /// A value whose interval was not asked for or cannot be had.
    ///
    /// @param reason why there is no interval, as a person can act on it
    record WithoutInterval(double value, String reason) implements Estimate {
        public WithoutInterval {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("not a value: " + value);
            }
        }

        @Override
        public OptionalDouble point() {
            return OptionalDouble.of(value);
        }
    }

    /// @param reason why the data have no such value, as a person can act on it
    record Undefined(String reason) implements Estimate {
        @Override
        public OptionalDouble point() {
            return OptionalDouble.empty();
        }
    }

    /// The symmetric interval `value ± z·standardError` of a value that is normal in large samples.
    static Defined normal(double value, double standardError, double confidence, String method) {
        double half = normalQuantile(confidence) * standardError;
        return new Defined(value, standardError, value - half, value + half, confidence, method);
    }

    /// A value with the percentile interval of its bootstrap replicates (Efron 1979).
    ///
    /// @param ascending replicates, at least one
    static Defined ofReplicates(double value, double[] ascending, double confidence, String method) {
        double tail = (1 - confidence) / 2;
        return new Defined(
                value,
                Spread.ofSample(ascending),
                Quantile.of(ascending, tail),
                Quantile.of(ascending, 1 - tail),
                confidence,
                method);
    }

    /// A share of independent trials with its score interval (Wilson 1927; method 3 of Newcombe 1998), without
    /// continuity correction. Undefined without trials.
    static Estimate share(long successes, long trials, double confidence) {
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException(successes + " successes in " + trials + " trials");
        }
        if (trials == 0) {
            return new Undefined("there is nothing to take a share of yet");
        }
        double n = trials;
        double share = successes / n;
        double z = normalQuantile(confidence);
        double centre = (share + z * z / (2 * n)) / (1 + z * z / n);
        double half = z * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n);
        double low = successes == 0 ? 0 : Math.max(0, centre - half); // exact at the ends, where rounding would show
        double high = successes == trials ? 1 : Math.min(1, centre + half);
        return new Defined(share, Math.sqrt(share * (1 - share) / n), low, high, confidence, "Wilson score");
    }

    /// How many standard errors a two-sided interval of this confidence reaches to either side; 1.96 for 0.95.
    static double normalQuantile(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence lies between 0 and 1, got " + confidence);
        }
        return NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2);
    }
}
