package dev.tiebreak.statistics;

/// What a test of a hypothesis says about some data: how surprising they would be if it were true, or why it
/// cannot be tested.
public sealed interface TestResult {

    /// @param statistic what the test looks at: a χ², a z, a count; see `method`
    /// @param degreesOfFreedom of the χ² or t; 0 where the distribution has none (normal, exact)
    /// @param p probability of data at least as far from the hypothesis, between 0 and 1
    /// @param method the test, in words a person can look up
    record Tested(double statistic, double degreesOfFreedom, double p, String method) implements TestResult {
        public Tested {
            if (!Double.isFinite(statistic) || !(degreesOfFreedom >= 0) || !(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException(
                        "not a test: statistic " + statistic + ", degrees of freedom " + degreesOfFreedom + ", p " + p);
            }
        }
    }

    /// @param reason why there is nothing to test, as a person can act on it
    record Undefined(String reason) implements TestResult {}
}
