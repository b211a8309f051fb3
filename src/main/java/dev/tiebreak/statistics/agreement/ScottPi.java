package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;

/// Scott's π of two annotators: chance agreement is that of the shares both have together, `p_e = Σ_c π_c²` with
/// `π_c = (p_c· + p_·c)/2` (Scott 1955). It is [FleissKappa] of two labels an item, its standard error included.
///
/// Undefined without items, or where all labels are of one category.
public final class ScottPi {

    private ScottPi() {}

    public static Estimate of(TwoRaterTable table, double confidence) {
        return FleissKappa.unweighted().of(table, confidence);
    }
}
