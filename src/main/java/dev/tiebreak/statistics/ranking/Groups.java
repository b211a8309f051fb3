package dev.tiebreak.statistics.ranking;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Comparisons as a model reads them: counts of a left item against a right one under the same circumstances, in an
/// order that does not depend on the order in which comparisons came.
///
/// The strength difference of a group is `θ_left − θ_right + Σ_k x_k β_{e_k}` over its `perGroup` further terms.
final class Groups {
    final int items;
    final int groups;
    /// Groups whose left item is i stand at `starts[i] … starts[i + 1]`.
    final int[] starts;
    final int[] right;
    /// Wins of the left item, of the right one, ties, for each group.
    final double[] counts;
    /// How many parameters there are beside strengths.
    final int extras;
    final int perGroup;
    final int[] extra;
    final double[] value;
    /// Who judged each group; null when groups are pairs.
    final int @Nullable [] annotator;

    private Groups(
            int items,
            int[] starts,
            int[] right,
            double[] counts,
            int extras,
            int perGroup,
            int[] extra,
            double[] value,
            int @Nullable [] annotator) {
        this.items = items;
        this.groups = right.length;
        this.starts = starts;
        this.right = right;
        this.counts = counts;
        this.extras = extras;
        this.perGroup = perGroup;
        this.extra = extra;
        this.value = value;
        this.annotator = annotator;
    }

    static Groups of(PairCounts counts) {
        return counts.groups();
    }

    static Groups ofPairs(int items, int[] starts, int[] higher, double[] counts) {
        return new Groups(items, starts, higher, counts, 0, 0, new int[0], new double[0], null);
    }

    /// One group a row, ordered by everything that a row has.
    static Groups of(ComparisonRows rows, Effects effects) {
        int[] order = canonical(rows);
        int n = order.length;
        int[] starts = new int[rows.items() + 1];
        int[] right = new int[n];
        int[] annotator = new int[n];
        double[] counts = new double[3 * n];
        int perGroup = effects.perRow();
        int[] extra = new int[n * perGroup];
        double[] value = new double[n * perGroup];
        for (int i = 0; i < n; i++) {
            int row = order[i];
            starts[rows.left(row) + 1]++;
            right[i] = rows.right(row);
            annotator[i] = rows.annotator(row);
            counts[3 * i + rows.outcome(row).ordinal()] = rows.weight(row);
            effects.fill(rows, row, i * perGroup, extra, value);
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        return new Groups(
                rows.items(), starts, right, counts, effects.parameters(rows), perGroup, extra, value, annotator);
    }

    /// The same groups with other counts.
    Groups with(double[] counts) {
        return new Groups(items, starts, right, counts, extras, perGroup, extra, value, annotator);
    }

    private static int[] canonical(ComparisonRows rows) {
        int[] order = new int[rows.size()];
        Arrays.setAll(order, row -> row);
        for (int covariate = 0; covariate < rows.covariates().size(); covariate++) {
            int column = covariate;
            order = byDouble(order, row -> Double.doubleToLongBits(rows.value(column, row)));
        }
        order = byDouble(order, row -> Double.doubleToLongBits(rows.weight(row)));
        order = sorted(order, row -> rows.outcome(row).ordinal(), 3);
        order = sorted(order, row -> rows.annotator(row) + 1, rows.annotators() + 1);
        order = sorted(order, rows::right, rows.items());
        return sorted(order, rows::left, rows.items());
    }

    private interface Bits {
        long of(int row);
    }

    private static int[] byDouble(int[] order, Bits bits) {
        if (order.length == 0) {
            return order;
        }
        long first = bits.of(order[0]);
        if (Arrays.stream(order).allMatch(row -> bits.of(row) == first)) {
            return order;
        }
        int[] sorted = order;
        for (int shift = 0; shift < 64; shift += 16) {
            int by = shift;
            sorted = sorted(sorted, row -> (int) (bits.of(row) >>> by & 0xFFFF), 1 << 16);
        }
        return sorted;
    }

    /// A stable counting sort.
    private static int[] sorted(int[] order, IntUnaryOperator key, int keys) {
        int[] next = new int[keys + 1];
        for (int i : order) {
            next[key.applyAsInt(i) + 1]++;
        }
        Arrays.parallelPrefix(next, Integer::sum);
        int[] sorted = new int[order.length];
        for (int i : order) {
            sorted[next[key.applyAsInt(i)]++] = i;
        }
        return sorted;
    }

    double wins(int group) {
        return counts[3 * group];
    }

    double losses(int group) {
        return counts[3 * group + 1];
    }

    double ties(int group) {
        return counts[3 * group + 2];
    }

    boolean hasTies() {
        for (int group = 0; group < groups; group++) {
            if (ties(group) > 0) {
                return true;
            }
        }
        return false;
    }

    /// What circumstances add to the strength difference of a group.
    ///
    /// @param parameters strengths, then the further parameters
    double shift(int group, double[] parameters) {
        double shift = 0;
        for (int k = group * perGroup; k < (group + 1) * perGroup; k++) {
            shift += value[k] * parameters[items + extra[k]];
        }
        return shift;
    }
}
