package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.TestResult;

/// Friedman's rank test: do treatments differ, blocks being alike but for their level (Friedman 1937; ties
/// corrected as by Conover 1999)? Blocks are annotators, treatments what they rank; the statistic is `m (n − 1)
/// W` of [KendallW], χ² with one degree of freedom less than there are treatments.
///
/// Undefined with fewer than two blocks or treatments, or where every block ties all.
public final class Friedman {

    private Friedman() {}

    /// @param blocks `[blocks, treatments]`, all finite
    public static TestResult test(double[][] blocks) {
        return KendallW.chiSquared(blocks, "Friedman, ties corrected, χ²");
    }
}
