package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.TestResult;
import java.util.function.LongPredicate;
import org.apache.commons.statistics.distribution.TDistribution;

/// Spearman's ρ of two rankings: the correlation of their mid-ranks (Spearman 1904).
///
/// Undefined with fewer than two items, or where one ranking ties all.
public final class SpearmanCorrelation {
    /// 9! orders are counted out in milliseconds.
    private static final int MOST_EXACT = 9;

    private SpearmanCorrelation() {}

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
        double spread = Math.sqrt(covariance(left, left) * covariance(right, right));
        return spread == 0
                ? new Estimate.Undefined("one of the two ranks all items equal")
                : new Estimate.WithoutInterval(
                        covariance(left, right) / spread, AgreementCoefficient.NO_INTERVAL_ASKED);
    }

    /// Is ρ 0? Two-sided; exact without ties for up to 9 items, else `t = ρ √((n − 2)/(1 − ρ²))` with n − 2
    /// degrees of freedom. The statistic is the exact `Σ d²`, or t. Undefined where ρ is, or with ties and fewer
    /// than three items.
    public static TestResult test(double[] x, double[] y) {
        Estimate rho = of(x, y);
        if (rho instanceof Estimate.Undefined(String reason)) {
            return new TestResult.Undefined(reason);
        }
        int n = x.length;
        if (n <= MOST_EXACT && MidRanks.tieCubes(x) == 0 && MidRanks.tieCubes(y) == 0) {
            double squares = squares(MidRanks.of(x), MidRanks.of(y));
            return new TestResult.Tested(squares, 0, exact(n, squares), "exact, no ties");
        }
        double value = rho.point().orElseThrow();
        if (n < 3 || 1 - value * value < 1e-15) {
            return n < 3
                    ? new TestResult.Undefined("at least three items are needed")
                    : new TestResult.Undefined("the rankings are the same or opposite, so that t has no end");
        }
        double t = value * Math.sqrt((n - 2) / (1 - value * value));
        return new TestResult.Tested(
                t, n - 2, 2 * TDistribution.of(n - 2.0).survivalProbability(Math.abs(t)), "t, n − 2");
    }

    private static double covariance(double[] left, double[] right) {
        double middle = (left.length + 1) / 2.0;
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (left[i] - middle) * (right[i] - middle);
        }
        return sum;
    }

    private static double squares(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        }
        return sum;
    }

    private static double exact(int n, double squares) {
        double middle = (n * (double) n * n - n) / 6; // Σd² is symmetric around it
        double distance = Math.abs(squares - middle);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        long[] counted = new long[2]; // all, as far from the middle
        permute(order, 0, 0, counted, sum -> Math.abs(sum - middle) >= distance - 1e-9);
        return (double) counted[1] / counted[0];
    }

    private static void permute(int[] order, int from, long sum, long[] counted, LongPredicate far) {
        if (from == order.length) {
            counted[0]++;
            counted[1] += far.test(sum) ? 1 : 0;
            return;
        }
        for (int i = from; i < order.length; i++) {
            swap(order, from, i);
            long distance = order[from] - from;
            permute(order, from + 1, sum + distance * distance, counted, far);
            swap(order, from, i);
        }
    }

    private static void swap(int[] order, int i, int j) {
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}
