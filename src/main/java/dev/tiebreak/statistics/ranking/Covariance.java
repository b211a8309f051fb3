package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.Cholesky;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// How uncertain the parameters of a [BradleyTerryFit] are, together: log strengths, effects, the tie parameter's
/// logarithm. Only differences of strengths (and what a prior pins) have a meaning; the methods say which they take.
public final class Covariance {
    private final int items;
    private final double[][] matrix;
    private final String method;

    private Covariance(int items, double[][] matrix, String method) {
        this.items = items;
        this.matrix = matrix;
        this.method = method;
    }

    /// How it was made, in words a person can look up.
    public String method() {
        return method;
    }

    public int items() {
        return items;
    }

    /// Variance of the difference of two log strengths.
    public double ofDifference(int left, int right) {
        return Math.max(0, matrix[left][left] + matrix[right][right] - 2 * matrix[left][right]);
    }

    /// Standard errors of log strengths relative to the given item, whose own is 0.
    public double[] standardErrorsRelativeTo(int item) {
        return IntStream.range(0, items)
                .mapToDouble(other -> Math.sqrt(ofDifference(other, item)))
                .toArray();
    }

    /// Covariances of log strengths relative to the given item, without it, `[n − 1, n − 1]`.
    public double[][] relativeTo(int item) {
        int[] others = IntStream.range(0, items).filter(other -> other != item).toArray();
        return Arrays.stream(others)
                .mapToObj(row -> Arrays.stream(others)
                        .mapToDouble(column ->
                                matrix[row][column] - matrix[row][item] - matrix[item][column] + matrix[item][item])
                        .toArray())
                .toArray(double[][]::new);
    }

    /// Standard errors of log strengths with mean 0.
    public double[] standardErrorsMeanZero() {
        double[] rows = new double[items];
        double all = 0;
        for (int row = 0; row < items; row++) {
            for (int column = 0; column < items; column++) {
                rows[row] += matrix[row][column] / items;
            }
            all += rows[row] / items;
        }
        double mean = all;
        return IntStream.range(0, items)
                .mapToDouble(item -> Math.sqrt(Math.max(0, matrix[item][item] - 2 * rows[item] + mean)))
                .toArray();
    }

    /// Standard errors of log strengths as the model has them: with a prior the ghost item (or the prior's mean) is
    /// exactly 0. Maximum likelihood has no such zero: use mean 0 or an item.
    double[] standardErrorsOfPrior() {
        return IntStream.range(0, items)
                .mapToDouble(item -> Math.sqrt(Math.max(0, matrix[item][item])))
                .toArray();
    }

    /// Standard errors of the effects, then of the tie parameter's logarithm where it was estimated.
    public double[] standardErrorsOfEffects() {
        return IntStream.range(items, matrix.length)
                .mapToDouble(effect -> Math.sqrt(matrix[effect][effect]))
                .toArray();
    }

    /// The inverse information: right when the model is, and comparisons are independent.
    static Optional<Covariance> ofModel(Likelihood likelihood) {
        String method = likelihood.prior.proper() ? "Laplace posterior" : "model";
        return inverseInformation(likelihood).map(inverse -> new Covariance(likelihood.groups.items, inverse, method));
    }

    /// `H⁻¹ G H⁻¹`, `G` the sum of squared scores of single comparisons (HC0): right even where the model is not, as
    /// long as comparisons are independent.
    static Optional<Covariance> robust(Likelihood likelihood, double[] at) {
        return inverseInformation(likelihood)
                .map(inverse -> new Covariance(
                        likelihood.groups.items,
                        sandwich(inverse, new Scores(likelihood, at).byComparison()),
                        "sandwich (HC0)"));
    }

    /// `H⁻¹ G H⁻¹`, `G` the sum of squared scores of annotators: comparisons of one person need not be independent.
    static Optional<Covariance> byAnnotator(Likelihood likelihood, double[] at, int annotators) {
        return inverseInformation(likelihood)
                .map(inverse -> new Covariance(
                        likelihood.groups.items,
                        sandwich(inverse, new Scores(likelihood, at).byAnnotator()),
                        "clustered by %,d annotators".formatted(annotators)));
    }

    private static Optional<double[][]> inverseInformation(Likelihood likelihood) {
        return Cholesky.of(Newton.anchored(likelihood)).map(Cholesky::inverse);
    }

    /// @param bread symmetric
    /// @param filling symmetric, its lower triangle filled
    private static double[][] sandwich(double[][] bread, double[][] filling) {
        for (int row = 0; row < filling.length; row++) {
            for (int column = 0; column < row; column++) {
                filling[column][row] = filling[row][column];
            }
        }
        return product(product(bread, filling), bread);
    }

    private static double[][] product(double[][] left, double[][] right) {
        int n = left.length;
        double[][] product = new double[n][n];
        IntStream rows = IntStream.range(0, n);
        (n < 256 ? rows : rows.parallel()).forEach(row -> {
            for (int k = 0; k < n; k++) {
                double factor = left[row][k];
                double[] source = right[k];
                double[] into = product[row];
                for (int column = 0; column < n; column++) {
                    into[column] += factor * source[column];
                }
            }
        });
        return product;
    }
}
