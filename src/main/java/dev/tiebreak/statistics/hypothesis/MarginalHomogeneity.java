package dev.tiebreak.statistics.hypothesis;

import dev.tiebreak.statistics.TestResult;
import dev.tiebreak.statistics.numeric.Cholesky;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// Do two answers to the same items use the categories equally often? Of a square table of counts, with `d_c =
/// n_c· − n_·c` of all categories but one, `χ² = dᵀ V⁻¹ d`, one degree of freedom each.
///
/// Stuart (1955) and Maxwell (1970) take V as it is when margins agree: `n_c· + n_·c − 2 n_cc` on the diagonal,
/// `−(n_ck + n_kc)` elsewhere. Bhapkar (1966) takes away `d dᵀ / n`, and rejects more. Of two categories the
/// former is McNemar's test.
///
/// Categories that neither answer chose are left out. Undefined with fewer than two others, or where V has no
/// full rank: then some categories are never confused with the rest, and each such group is better tested on its
/// own.
public final class MarginalHomogeneity {

    private MarginalHomogeneity() {}

    /// @param table `[categories, categories]`, counts
    public static TestResult stuartMaxwell(long[][] table) {
        return test(table, false, "Stuart–Maxwell, χ²");
    }

    /// @param table `[categories, categories]`, counts
    public static TestResult bhapkar(long[][] table) {
        return test(table, true, "Bhapkar, χ²");
    }

    private static TestResult test(long[][] table, boolean bhapkar, String method) {
        if (Arrays.stream(table).anyMatch(row -> row.length != table.length)) {
            throw new IllegalArgumentException("a square table is needed");
        }
        int[] used = IntStream.range(0, table.length)
                .filter(c -> row(table, c) + column(table, c) > 0)
                .toArray();
        if (used.length < 2) {
            return new TestResult.Undefined("fewer than two categories were chosen, so that there is nothing to test");
        }
        int freedom = used.length - 1;
        double[] difference = new double[freedom];
        for (int i = 0; i < freedom; i++) {
            difference[i] = row(table, used[i]) - column(table, used[i]);
        }
        Optional<Cholesky> variance = Cholesky.of(variance(table, used, difference, bhapkar));
        if (variance.isEmpty()) {
            return new TestResult.Undefined(
                    "some categories are never confused with the others, so that the differences"
                            + " have no full rank: test each group of categories on its own");
        }
        double[] solved = variance.get().solve(difference);
        double statistic = 0;
        for (int i = 0; i < freedom; i++) {
            statistic += difference[i] * solved[i];
        }
        return new TestResult.Tested(
                statistic, freedom, ChiSquaredDistribution.of(freedom).survivalProbability(statistic), method);
    }

    private static double[][] variance(long[][] table, int[] used, double[] difference, boolean bhapkar) {
        double items = Arrays.stream(table).flatMapToLong(Arrays::stream).sum();
        double[][] variance = new double[difference.length][difference.length];
        for (int i = 0; i < difference.length; i++) {
            for (int j = 0; j < difference.length; j++) {
                int c = used[i];
                int k = used[j];
                variance[i][j] = i == j
                        ? (double) row(table, c) + column(table, c) - 2 * table[c][c]
                        : -(double) (table[c][k] + table[k][c]);
                variance[i][j] -= bhapkar ? difference[i] * difference[j] / items : 0;
            }
        }
        return variance;
    }

    private static long row(long[][] table, int category) {
        return Arrays.stream(table[category]).sum();
    }

    private static long column(long[][] table, int category) {
        return Arrays.stream(table).mapToLong(row -> row[category]).sum();
    }
}
