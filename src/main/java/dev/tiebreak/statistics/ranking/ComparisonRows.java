package dev.tiebreak.statistics.ranking;

import java.util.Arrays;
import java.util.List;

/// Comparisons one by one, in the order in which they were made: who was left, who right, who won, who judged.
///
/// Items and annotators are numbers from 0 up. Covariates are differences, left minus right, such as the difference in
/// length: they say what else may have moved the choice. Room for 2³¹ − 9 rows, 21 bytes each and 8 a covariate.
public final class ComparisonRows {
    /// In place of an annotator, where nobody knows who judged.
    public static final int NOBODY = -1;

    private static final Outcome[] OUTCOMES = Outcome.values();

    private final int items;
    private final int annotators;
    private final int size;
    private final int[] left;
    private final int[] right;
    private final byte[] outcome;
    private final int[] annotator;
    private final double[] weight;
    private final List<String> covariates;
    private final double[][] values;

    private ComparisonRows(Builder rows) {
        items = rows.items;
        annotators = rows.annotators;
        size = rows.size;
        left = Arrays.copyOf(rows.left, size);
        right = Arrays.copyOf(rows.right, size);
        outcome = Arrays.copyOf(rows.outcome, size);
        annotator = Arrays.copyOf(rows.annotator, size);
        weight = Arrays.copyOf(rows.weight, size);
        covariates = rows.covariates;
        values = Arrays.stream(rows.values)
                .map(column -> Arrays.copyOf(column, size))
                .toArray(double[][]::new);
    }

    /// @param covariates names of the further columns, of which every row then has a value
    public static Builder builder(String... covariates) {
        return new Builder(List.of(covariates));
    }

    public int items() {
        return items;
    }

    /// How many annotators there are; 0 when none is known.
    public int annotators() {
        return annotators;
    }

    public int size() {
        return size;
    }

    public int left(int row) {
        return left[row];
    }

    public int right(int row) {
        return right[row];
    }

    public Outcome outcome(int row) {
        return OUTCOMES[outcome[row]];
    }

    /// Who judged, or [#NOBODY].
    public int annotator(int row) {
        return annotator[row];
    }

    /// How many comparisons the row stands for; 1 unless said.
    public double weight(int row) {
        return weight[row];
    }

    /// Whether every row tells who judged.
    public boolean everyAnnotatorIsKnown() {
        return size > 0 && Arrays.stream(annotator).noneMatch(one -> one == NOBODY);
    }

    public List<String> covariates() {
        return covariates;
    }

    /// @param covariate its place among [#covariates]
    public double value(int covariate, int row) {
        return values[covariate][row];
    }

    /// The same comparisons counted by pair.
    public PairCounts counts() {
        PairCounts.Builder counts = PairCounts.builder(items);
        for (int row = 0; row < size; row++) {
            counts.add(left[row], right[row], OUTCOMES[outcome[row]], weight[row]);
        }
        return counts.build();
    }

    /// Collects rows; their order is kept.
    public static final class Builder {
        private final List<String> covariates;
        private final double[][] values;
        private int[] left = new int[64];
        private int[] right = new int[64];
        private byte[] outcome = new byte[64];
        private int[] annotator = new int[64];
        private double[] weight = new double[64];
        private int size;
        private int items;
        private int annotators;

        private Builder(List<String> covariates) {
            this.covariates = covariates;
            values = new double[covariates.size()][64];
        }

        /// Items with fewer comparisons than others, or none, count as well.
        public Builder items(int items) {
            this.items = Math.max(this.items, items);
            return this;
        }

        public Builder add(int left, int right, Outcome outcome) {
            return weighted(1, left, right, outcome, NOBODY);
        }

        public Builder add(int left, int right, Outcome outcome, int annotator, double... values) {
            return weighted(1, left, right, outcome, annotator, values);
        }

        /// A row that stands for several equal comparisons.
        ///
        /// @param values one for each covariate, left minus right
        public Builder weighted(double weight, int left, int right, Outcome outcome, int annotator, double... values) {
            if (left < 0 || right < 0 || left == right || annotator < NOBODY || !(weight >= 0)) {
                throw new IllegalArgumentException("no comparison: items " + left + " and " + right + ", annotator "
                        + annotator + ", weight " + weight);
            }
            if (values.length != covariates.size()) {
                throw new IllegalArgumentException(
                        "a row has " + covariates.size() + " covariates, got " + values.length);
            }
            if (size == this.left.length) {
                grow((int) Math.min(size * 2L, Integer.MAX_VALUE - 8));
            }
            this.left[size] = left;
            this.right[size] = right;
            this.outcome[size] = (byte) outcome.ordinal();
            this.annotator[size] = annotator;
            this.weight[size] = weight;
            for (int covariate = 0; covariate < values.length; covariate++) {
                this.values[covariate][size] = values[covariate];
            }
            size++;
            items = Math.max(items, Math.max(left, right) + 1);
            annotators = Math.max(annotators, annotator + 1);
            return this;
        }

        private void grow(int room) {
            left = Arrays.copyOf(left, room);
            right = Arrays.copyOf(right, room);
            outcome = Arrays.copyOf(outcome, room);
            annotator = Arrays.copyOf(annotator, room);
            weight = Arrays.copyOf(weight, room);
            for (int covariate = 0; covariate < values.length; covariate++) {
                values[covariate] = Arrays.copyOf(values[covariate], room);
            }
        }

        public ComparisonRows build() {
            return new ComparisonRows(this);
        }
    }
}
