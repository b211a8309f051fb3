package dev.tiebreak.statistics.hypothesis;

import dev.tiebreak.statistics.TestResult;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// Do two yes-or-no answers to the same items say yes equally often (McNemar 1947)? Only items on which they
/// differ say anything: b where just the first is yes, c where just the second is.
///
/// Without continuity correction `χ² = (b − c)² / (b + c)`, one degree of freedom; with it `(|b − c| − 1)² / (b +
/// c)`. The exact test is binomial with share ½. Undefined where the answers never differ.
public final class McNemar {
    private static final String NO_DIFFERENCE = "the two never differ, so that there is nothing to test";

    private McNemar() {}

    /// @param first items on which just the first is yes, b
    /// @param second items on which just the second is yes, c
    public static TestResult test(long first, long second) {
        return chiSquared(first, second, Math.abs(first - second), "McNemar, χ²");
    }

    public static TestResult corrected(long first, long second) {
        // R leaves equal counts without correction: |b − c| − 1 would be −1 there
        double difference = Math.max(0, Math.abs(first - second) - 1);
        return chiSquared(first, second, difference, "McNemar, χ² with continuity correction");
    }

    /// The statistic is b.
    public static TestResult exact(long first, long second) {
        return first + second == 0
                ? new TestResult.Undefined(NO_DIFFERENCE)
                : BinomialTest.test(first, first + second, 0.5);
    }

    private static TestResult chiSquared(long first, long second, double difference, String method) {
        if (first < 0 || second < 0) {
            throw new IllegalArgumentException("counts are 0 or more, got " + first + " and " + second);
        }
        if (first + second == 0) {
            return new TestResult.Undefined(NO_DIFFERENCE);
        }
        double statistic = difference * difference / (first + second);
        return new TestResult.Tested(statistic, 1, ChiSquaredDistribution.of(1).survivalProbability(statistic), method);
    }
}
