package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.TestResult;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// Kendall's coefficient of concordance of m annotators who each rank the same n items: 1 where all rank alike, 0
/// where rank sums do not differ (Kendall & Babington Smith 1939; ties Siegel & Castellan 1988).
///
/// With mid-ranks, rank sums `R_i` and `T = Σ (t³ − t)` over every annotator's groups of t ties: `W = 12 Σ (R_i −
/// R̄)² / (m² (n³ − n) − m T)`. The test of W = 0 takes `m (n − 1) W` as χ² with n − 1 degrees of freedom, and is
/// Friedman's. Undefined with fewer than two items or annotators, or where every annotator ties all.
public final class KendallW {

    private KendallW() {}

    /// @param ratings `[items, annotators]`, all finite; higher or lower first makes no difference
    public static Estimate of(double[][] ratings) {
        return of(transposed(ratings), true);
    }

    /// Without the correction for ties.
    public static Estimate uncorrected(double[][] ratings) {
        return of(transposed(ratings), false);
    }

    public static TestResult test(double[][] ratings) {
        return Friedman.test(transposed(ratings));
    }

    /// @param rankings `[annotators, items]`
    static Estimate of(double[][] rankings, boolean ties) {
        int m = rankings.length;
        int n = m == 0 ? 0 : rankings[0].length;
        if (m < 2 || n < 2) {
            return new Estimate.Undefined("at least two annotators who rank the same two items or more are needed");
        }
        double[] sums = new double[n];
        double tied = 0;
        for (double[] ranking : rankings) {
            double[] ranks = MidRanks.of(ranking);
            tied += MidRanks.tieCubes(ranking);
            for (int item = 0; item < n; item++) {
                sums[item] += ranks[item];
            }
        }
        double squares = 0;
        for (double sum : sums) {
            squares += (sum - m * (n + 1) / 2.0) * (sum - m * (n + 1) / 2.0);
        }
        double most = (double) m * m * ((double) n * n * n - n) - m * tied;
        return most <= 0
                ? new Estimate.Undefined("every annotator ties all items, so that nothing is ranked")
                : new Estimate.WithoutInterval(
                        12 * squares / (ties ? most : most + m * tied), AgreementCoefficient.NO_INTERVAL_ASKED);
    }

    private static double[][] transposed(double[][] ratings) {
        double[][] transposed = new double[ratings.length == 0 ? 0 : ratings[0].length][ratings.length];
        for (int item = 0; item < ratings.length; item++) {
            for (int annotator = 0; annotator < transposed.length; annotator++) {
                transposed[annotator][item] = ratings[item][annotator];
            }
        }
        return transposed;
    }

    /// `m (n − 1) W` as χ² with n − 1 degrees of freedom.
    static TestResult chiSquared(double[][] rankings, String method) {
        return switch (of(rankings, true)) {
            case Estimate.Undefined(String reason) -> new TestResult.Undefined(reason);
            case Estimate defined -> {
                double freedom = rankings[0].length - 1.0;
                double chiSquared = rankings.length * freedom * defined.point().orElseThrow();
                yield new TestResult.Tested(
                        chiSquared,
                        freedom,
                        ChiSquaredDistribution.of(freedom).survivalProbability(chiSquared),
                        method);
            }
        };
    }
}
