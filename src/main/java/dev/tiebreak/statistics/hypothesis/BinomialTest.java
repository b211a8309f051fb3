package dev.tiebreak.statistics.hypothesis;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.TestResult;
import java.util.function.LongPredicate;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/// Is a share p₀? The exact two-sided test as R's `binom.test`: the probability of all numbers of successes that
/// are no likelier than the one seen (to a relative 10⁻⁷).
public final class BinomialTest {
    private static final double AS_LIKELY = 1 + 1e-7;

    private BinomialTest() {}

    /// The statistic is the number of successes. Undefined without trials.
    ///
    /// @param trials up to 2³¹ − 1
    /// @param share p₀, between 0 and 1
    public static TestResult test(long successes, long trials, double share) {
        require(successes, trials);
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share lies between 0 and 1, got " + share);
        }
        return trials == 0
                ? new TestResult.Undefined("there is nothing to take a share of yet")
                : new TestResult.Tested(successes, 0, p(successes, trials, share), "exact binomial, two-sided");
    }

    private static double p(long successes, long trials, double share) {
        if (share == 0 || share == 1) {
            return successes == Math.round(share * trials) ? 1 : 0;
        }
        var distribution = BinomialDistribution.of(Math.toIntExact(trials), share);
        double limit = distribution.probability((int) successes) * AS_LIKELY;
        double mean = trials * share;
        if (successes == mean) {
            return 1;
        }
        if (successes < mean) { // probabilities fall from the mean on: the first above it that is no likelier
            long first = first((long) Math.ceil(mean), trials + 1, k -> probability(distribution, k) <= limit);
            return Math.min(1, distribution.cumulativeProbability((int) successes) + above(distribution, first - 1));
        }
        long beyond = first(0, (long) Math.floor(mean) + 1, k -> probability(distribution, k) > limit);
        double below = beyond == 0 ? 0 : distribution.cumulativeProbability((int) beyond - 1);
        return Math.min(1, below + above(distribution, successes - 1));
    }

    private static double probability(BinomialDistribution distribution, long k) {
        return distribution.probability((int) k);
    }

    private static double above(BinomialDistribution distribution, long k) {
        return k < 0 ? 1 : distribution.survivalProbability((int) k);
    }

    /// The first number from `from` on that passes; `end` where none does. Those that pass are the last ones.
    private static long first(long from, long end, LongPredicate passes) {
        long low = from;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (passes.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// The share of successes with the interval of Clopper & Pearson (1934), which covers the truth at least as
    /// often as it says, mostly more often. Undefined without trials.
    ///
    /// @param confidence between 0 and 1
    public static Estimate interval(long successes, long trials, double confidence) {
        require(successes, trials);
        if (trials == 0) {
            return new Estimate.Undefined("there is nothing to take a share of yet");
        }
        double tail = (1 - confidence) / 2;
        double failures = (double) trials - successes;
        double low = successes == 0
                ? 0
                : BetaDistribution.of(successes, failures + 1).inverseCumulativeProbability(tail);
        double high = failures == 0
                ? 1
                : BetaDistribution.of(successes + 1.0, failures).inverseSurvivalProbability(tail);
        double share = (double) successes / trials;
        return new Estimate.Defined(
                share, Math.sqrt(share * (1 - share) / trials), low, high, confidence, "Clopper–Pearson, exact");
    }

    private static void require(long successes, long trials) {
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException(successes + " successes in " + trials + " trials");
        }
    }
}
