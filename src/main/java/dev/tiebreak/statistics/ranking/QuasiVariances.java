package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.Cholesky;
import java.util.Arrays;
import java.util.Optional;

/// Quasi-variances of log strengths (Firth & de Menezes, Biometrika 91, 2004): one number for each item such that
/// `q_i + q_j` is close to the variance of every difference, so that any two items can be compared from a list,
/// whatever item is the reference.
///
/// They minimise `Σ_{i<j} (log(q_i + q_j) − log v_ij)²`, as R's qvcalc. A quasi-variance can be negative; its sums
/// are not. At least 3 items.
public final class QuasiVariances {
    /// Beyond this, the pairs of items take longer than a screen may.
    public static final int MOST_ITEMS = 1_000;

    private static final int MOST_STEPS = 100;

    private final double[][] variance;
    private final int n;

    private QuasiVariances(double[][] variance) {
        this.variance = variance;
        this.n = variance.length;
    }

    /// Empty for fewer than 3 items, more than [#MOST_ITEMS], and where a difference has no variance.
    public static Optional<double[]> of(Covariance covariance) {
        int n = covariance.items();
        if (n < 3 || n > MOST_ITEMS) {
            return Optional.empty();
        }
        double[][] variance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                variance[i][j] = covariance.ofDifference(i, j);
                if (i != j && !(variance[i][j] > 0)) {
                    return Optional.empty();
                }
            }
        }
        return new QuasiVariances(variance).minimise();
    }

    private Optional<double[]> minimise() {
        double[] q = start();
        double error = error(q);
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<double[]> direction = gaussNewton(q);
            if (direction.isEmpty()) {
                return Optional.empty();
            }
            double length = 1;
            double[] next = moved(q, direction.get(), length);
            while (!(error(next) <= error) && length > 1e-10) {
                length /= 2;
                next = moved(q, direction.get(), length);
            }
            double gained = error - error(next);
            if (!(gained > 1e-15 * error)) {
                return Optional.of(q);
            }
            q = next;
            error -= gained;
        }
        return Optional.of(q);
    }

    /// Least squares on the variances themselves, which has a closed form, where that allows logarithms; else one
    /// variance for all.
    private double[] start() {
        double[] rows = new double[n];
        double all = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i] += variance[i][j];
            }
            all += rows[i];
        }
        double sum = all / (2.0 * n - 2);
        double[] q = new double[n];
        for (int i = 0; i < n; i++) {
            q[i] = (rows[i] - sum) / (n - 2);
        }
        if (Double.isInfinite(error(q))) {
            Arrays.fill(q, sum / n);
        }
        return q;
    }

    private double error(double[] q) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double together = q[i] + q[j];
                if (!(together > 0)) {
                    return Double.POSITIVE_INFINITY;
                }
                double miss = Math.log(variance[i][j] / together);
                sum += miss * miss;
            }
        }
        return sum;
    }

    private Optional<double[]> gaussNewton(double[] q) {
        double[][] normal = new double[n][n];
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double slope = 1 / (q[i] + q[j]);
                double miss = Math.log(variance[i][j] * slope);
                normal[i][j] += slope * slope;
                normal[i][i] += slope * slope;
                normal[j][j] += slope * slope;
                right[i] += slope * miss;
                right[j] += slope * miss;
            }
        }
        return Cholesky.of(normal).map(cholesky -> cholesky.solve(right));
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] moved = from.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += length * direction[i];
        }
        return moved;
    }
}
