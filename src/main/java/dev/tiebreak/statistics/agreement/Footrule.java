package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;

/// Spearman's footrule: how far two rankings of the same items lie apart, `Σ |rank_x − rank_y|` of mid-ranks over
/// the most there can be, `⌊n²/2⌋` (Diaconis & Graham 1977). 0 for the same ranking, 1 for the opposite.
///
/// Undefined with fewer than two items.
public final class Footrule {

    private Footrule() {}

    /// @param x finite values, as many as y
    public static Estimate of(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(x.length + " values against " + y.length);
        }
        if (x.length < 2) {
            return new Estimate.Undefined("at least two items are needed");
        }
        double[] left = MidRanks.of(x);
        double[] right = MidRanks.of(y);
        double apart = 0;
        for (int i = 0; i < left.length; i++) {
            apart += Math.abs(left[i] - right[i]);
        }
        double most = Math.floor((double) x.length * x.length / 2);
        return new Estimate.WithoutInterval(apart / most, AgreementCoefficient.NO_INTERVAL_ASKED);
    }
}
