package dev.tiebreak.statistics.numeric;

import java.util.Optional;
import java.util.stream.IntStream;

/// `A = L Lᵀ` of a symmetric positive definite matrix, for systems of equations and covariances.
///
/// Rows of `Lᵀ` are made in blocks, each from sums of whole earlier rows: long loops over memory in order, which the
/// processor takes several numbers at a time. Rows of a block are shared out to threads; each row is added up in the
/// same order whoever does it, so that results are the same to the last bit on any number of threads.
public final class Cholesky {
    /// A pivot below this share of its diagonal element is rounding: the matrix has no full rank.
    private static final double SINGULAR = 1e-13;

    /// Rows that depend on each other only through the rows before them, save the last few.
    private static final int BLOCK = 48;
    /// Below this many rows, threads cost more than they save.
    private static final int FEWEST_PARALLEL = 256;

    /// `upper[k][j − k]` is the element of `Lᵀ` in row k and column j.
    private final double[][] upper;

    private Cholesky(double[][] upper) {
        this.upper = upper;
    }

    /// Empty where the matrix is not positive definite, to rounding.
    ///
    /// @param matrix `[n, n]`, symmetric; only the lower triangle is read, nothing is written
    public static Optional<Cholesky> of(double[][] matrix) {
        int n = matrix.length;
        double[][] upper = new double[n][];
        for (int row = 0; row < n; row++) {
            upper[row] = new double[n - row];
            for (int column = row; column < n; column++) {
                upper[row][column - row] = matrix[column][row];
            }
        }
        for (int from = 0; from < n; from += BLOCK) {
            int first = from;
            int end = Math.min(n, from + BLOCK);
            rows(n, first, end).forEach(row -> subtract(upper, 0, first, row));
            for (int row = first; row < end; row++) {
                subtract(upper, first, row, row);
                double pivot = upper[row][0];
                if (!(pivot > SINGULAR * matrix[row][row])) {
                    return Optional.empty();
                }
                double root = Math.sqrt(pivot);
                for (int column = 0; column < n - row; column++) {
                    upper[row][column] /= root;
                }
            }
        }
        return Optional.of(new Cholesky(upper));
    }

    private static IntStream rows(int n, int from, int to) {
        IntStream rows = IntStream.range(from, to);
        return n < FEWEST_PARALLEL ? rows : rows.parallel();
    }

    /// Takes from a row what the finished rows `from … to` explain of it; four at a time, for fewer passes over it.
    private static void subtract(double[][] upper, int from, int to, int row) {
        double[] into = upper[row];
        int k = from;
        for (; k + 3 < to; k += 4) {
            subtract4(into, upper[k], row - k, upper[k + 1], row - k - 1, upper[k + 2], row - k - 2, upper[k + 3]);
        }
        for (; k < to; k++) {
            double[] source = upper[k];
            add(into, into.length, source, row - k, -source[row - k]);
        }
    }

    private static void subtract4(
            double[] into, double[] a, int atA, double[] b, int atB, double[] c, int atC, double[] d) {
        int atD = atC - 1;
        double byA = a[atA];
        double byB = b[atB];
        double byC = c[atC];
        double byD = d[atD];
        for (int j = 0; j < into.length; j++) {
            into[j] -= byA * a[atA + j] + byB * b[atB + j] + byC * c[atC + j] + byD * d[atD + j];
        }
    }

    private static void add(double[] into, int length, double[] source, int at, double factor) {
        for (int j = 0; j < length; j++) {
            into[j] += factor * source[at + j];
        }
    }

    /// `x` with `A x = b`.
    public double[] solve(double[] right) {
        int n = upper.length;
        double[] x = right.clone();
        for (int row = 0; row < n; row++) {
            x[row] /= upper[row][0];
            for (int column = 1; column < n - row; column++) {
                x[row + column] -= upper[row][column] * x[row];
            }
        }
        for (int row = n - 1; row >= 0; row--) {
            double sum = 0;
            for (int column = 1; column < n - row; column++) {
                sum += upper[row][column] * x[row + column];
            }
            x[row] = (x[row] - sum) / upper[row][0];
        }
        return x;
    }

    /// `A⁻¹`, `[n, n]`, exactly symmetric.
    public double[][] inverse() {
        int n = upper.length;
        double[][] root = inverseRoot();
        double[][] inverse = new double[n][n];
        rows(n, 0, n).forEach(row -> {
            double[] into = inverse[row];
            int k = row;
            for (; k + 3 < n; k += 4) {
                add4(into, row + 1, root[k], root[k + 1], root[k + 2], root[k + 3], row);
            }
            for (; k < n; k++) {
                add(into, row + 1, root[k], 0, root[k][row]);
            }
        });
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < row; column++) {
                inverse[column][row] = inverse[row][column];
            }
        }
        return inverse;
    }

    private static void add4(double[] into, int length, double[] a, double[] b, double[] c, double[] d, int row) {
        double byA = a[row];
        double byB = b[row];
        double byC = c[row];
        double byD = d[row];
        for (int j = 0; j < length; j++) {
            into[j] += byA * a[j] + byB * b[j] + byC * c[j] + byD * d[j];
        }
    }

    /// The diagonal of `A⁻¹`, in a third of the time of all of it.
    public double[] inverseDiagonal() {
        double[] diagonal = new double[upper.length];
        for (double[] row : inverseRoot()) {
            for (int column = 0; column < row.length; column++) {
                diagonal[column] += row[column] * row[column];
            }
        }
        return diagonal;
    }

    /// `L⁻¹`, rows of its lower triangle.
    private double[][] inverseRoot() {
        int n = upper.length;
        double[][] root = new double[n][];
        for (int from = 0; from < n; from += BLOCK) {
            int first = from;
            int end = Math.min(n, from + BLOCK);
            rows(n, first, end).forEach(row -> {
                root[row] = new double[row + 1];
                eliminate(root, 0, first, row);
            });
            for (int row = first; row < end; row++) {
                eliminate(root, first, row, row);
                root[row][row] = 1;
                for (int column = 0; column <= row; column++) {
                    root[row][column] /= upper[row][0];
                }
            }
        }
        return root;
    }

    private void eliminate(double[][] root, int from, int to, int row) {
        for (int k = from; k < to; k++) {
            add(root[row], k + 1, root[k], 0, -upper[k][row - k]);
        }
    }

    /// `log |A|`.
    public double logDeterminant() {
        double sum = 0;
        for (double[] row : upper) {
            sum += 2 * Math.log(row[0]);
        }
        return sum;
    }
}
