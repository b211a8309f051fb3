package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.TestResult;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Kendall's τ-b of two rankings: concordant less discordant pairs over `√((n₀ − n_x)(n₀ − n_y))`, with n₀ all
/// pairs and n_x, n_y those tied in one ranking (Kendall 1945). Without ties it is τ.
///
/// Takes time in the square of the items. Undefined with fewer than two items, or where one ranking ties all.
public final class KendallTau {
    /// Up to here the distribution without ties is counted out.
    private static final int MOST_EXACT = 50;

    private KendallTau() {}

    /// @param x finite values, as many as y
    public static Estimate of(double[] x, double[] y) {
        Pairs pairs = Pairs.of(x, y);
        if (x.length < 2) {
            return new Estimate.Undefined("at least two items are needed");
        }
        if (pairs.distinctX == 0 || pairs.distinctY == 0) {
            return new Estimate.Undefined("one of the two ranks all items equal");
        }
        return new Estimate.WithoutInterval(
                pairs.score / Math.sqrt(pairs.distinctX * pairs.distinctY), AgreementCoefficient.NO_INTERVAL_ASKED);
    }

    /// Is τ 0? Two-sided; exact without ties for up to 50 items, else normal with the variance that ties leave
    /// (Kendall 1970, ch. 5), without continuity correction. The statistic is the exact number of concordant
    /// pairs, or z.
    public static TestResult test(double[] x, double[] y) {
        if (of(x, y) instanceof Estimate.Undefined(String reason)) {
            return new TestResult.Undefined(reason);
        }
        Pairs pairs = Pairs.of(x, y);
        double all = x.length * (x.length - 1.0) / 2;
        if (x.length <= MOST_EXACT && pairs.distinctX == all && pairs.distinctY == all) {
            double concordant = Math.rint((pairs.score + all) / 2);
            return new TestResult.Tested(concordant, 0, exact(x.length, concordant), "exact, no ties");
        }
        double z = pairs.score / Math.sqrt(variance(x, y));
        double p = Math.min(1, 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z)));
        return new TestResult.Tested(z, 0, p, "normal, ties corrected");
    }

    /// @param score concordant less discordant
    /// @param distinctX pairs not tied in x
    private record Pairs(double score, double distinctX, double distinctY) {
        static Pairs of(double[] x, double[] y) {
            if (x.length != y.length) {
                throw new IllegalArgumentException(x.length + " values against " + y.length);
            }
            double score = 0;
            double distinctX = 0;
            double distinctY = 0;
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < i; j++) {
                    int inX = Double.compare(x[i], x[j]);
                    int inY = Double.compare(y[i], y[j]);
                    score += Integer.signum(inX) * Integer.signum(inY);
                    distinctX += inX == 0 ? 0 : 1;
                    distinctY += inY == 0 ? 0 : 1;
                }
            }
            return new Pairs(score, distinctX, distinctY);
        }
    }

    /// Rankings of n items by their number of discordant pairs, from the recursion over n; halves are of one
    /// size.
    private static double exact(int n, double concordant) {
        int most = n * (n - 1) / 2;
        double[] share = new double[most + 1];
        share[0] = 1;
        for (int items = 2; items <= n; items++) {
            double[] next = new double[most + 1];
            double window = 0;
            for (int discordant = 0; discordant <= most; discordant++) {
                window += share[discordant] - (discordant >= items ? share[discordant - items] : 0);
                next[discordant] = Math.max(0, window) / items;
            }
            share = next;
        }
        double tail = 0;
        for (int pairs = 0; pairs <= Math.min(concordant, most - concordant); pairs++) {
            tail += share[pairs];
        }
        return Math.min(1, 2 * tail);
    }

    private static double variance(double[] x, double[] y) {
        double n = x.length;
        Ties inX = Ties.of(x);
        Ties inY = Ties.of(y);
        double variance = (n * (n - 1) * (2 * n + 5) - inX.spread - inY.spread) / 18;
        variance += inX.pairs * inY.pairs / (2 * n * (n - 1));
        return n < 3 ? variance : variance + inX.triples * inY.triples / (9 * n * (n - 1) * (n - 2));
    }

    /// @param pairs `Σ t (t − 1)`
    /// @param triples `Σ t (t − 1)(t − 2)`
    /// @param spread `Σ t (t − 1)(2t + 5)`
    private record Ties(double pairs, double triples, double spread) {
        static Ties of(double[] values) {
            double pairs = 0;
            double triples = 0;
            double spread = 0;
            for (double t : MidRanks.ties(values)) {
                pairs += t * (t - 1);
                triples += t * (t - 1) * (t - 2);
                spread += t * (t - 1) * (2 * t + 5);
            }
            return new Ties(pairs, triples, spread);
        }
    }
}
