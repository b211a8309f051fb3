package dev.tiebreak.statistics.numeric;

import java.util.Optional;

/// `A = L Lᵀ` of a symmetric positive definite matrix, for systems of equations and covariances.
public final class Cholesky {
    /// A pivot below this share of its diagonal element is rounding: the matrix has no full rank.
    private static final double SINGULAR = 1e-13;

    private final double[][] lower;

    private Cholesky(double[][] lower) {
        this.lower = lower;
    }

    /// Empty where the matrix is not positive definite, to rounding.
    ///
    /// @param matrix `[n, n]`, symmetric; only the lower triangle is read, nothing is written
    public static Optional<Cholesky> of(double[][] matrix) {
        int n = matrix.length;
        double[][] lower = new double[n][];
        for (int row = 0; row < n; row++) {
            lower[row] = new double[row + 1];
            for (int column = 0; column <= row; column++) {
                double rest = matrix[row][column] - dot(lower[row], lower[column], column);
                if (column < row) {
                    lower[row][column] = rest / lower[column][column];
                } else if (rest > SINGULAR * matrix[row][row]) {
                    lower[row][row] = Math.sqrt(rest);
                } else {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Cholesky(lower));
    }

    /// `x` with `A x = b`.
    public double[] solve(double[] right) {
        int n = lower.length;
        double[] x = right.clone();
        for (int row = 0; row < n; row++) {
            x[row] = (x[row] - dot(lower[row], x, row)) / lower[row][row];
        }
        for (int row = n - 1; row >= 0; row--) {
            x[row] /= lower[row][row];
            for (int column = 0; column < row; column++) {
                x[column] -= lower[row][column] * x[row];
            }
        }
        return x;
    }

    /// `A⁻¹`, `[n, n]`, exactly symmetric.
    public double[][] inverse() {
        int n = lower.length;
        double[][] inverse = new double[n][];
        for (int column = 0; column < n; column++) {
            double[] unit = new double[n];
            unit[column] = 1;
            inverse[column] = solve(unit);
        }
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < row; column++) {
                inverse[row][column] = inverse[column][row];
            }
        }
        return inverse;
    }

    /// `log |A|`.
    public double logDeterminant() {
        double sum = 0;
        for (int row = 0; row < lower.length; row++) {
            sum += 2 * Math.log(lower[row][row]);
        }
        return sum;
    }

    private static double dot(double[] left, double[] right, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
