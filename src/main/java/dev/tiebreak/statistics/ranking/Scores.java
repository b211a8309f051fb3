package dev.tiebreak.statistics.ranking;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Squared scores (gradients of the log likelihood) of single comparisons or of annotators: the filling of a sandwich.
final class Scores {
    private final Likelihood likelihood;
    private final Groups groups;
    private final double[] at;
    private final double eta;
    private final TieModel.Terms terms = new TieModel.Terms();
    private final int[] index;
    private final double[] factor;

    Scores(Likelihood likelihood, double[] at) {
        this.likelihood = likelihood;
        this.groups = likelihood.groups;
        this.at = at;
        eta = likelihood.eta(at);
        index = new int[groups.perGroup + 3];
        factor = new double[groups.perGroup + 3];
    }

    /// `Σ s sᵀ` over comparisons, its lower triangle filled.
    double[][] byComparison() {
        double[][] sum = new double[likelihood.parameters][likelihood.parameters];
        each((left, group) -> addSquares(sum, left, group));
        return sum;
    }

    private void addSquares(double[][] sum, int left, int group) {
        double d = at[left] - at[groups.right[group]] + groups.shift(group, at);
        for (Outcome outcome : Outcome.values()) {
            double count = groups.counts[3 * group + outcome.ordinal()];
            if (count > 0) {
                single(d, outcome);
                addSquare(sum, left, group, count);
            }
        }
    }

    private void addSquare(double[][] sum, int left, int group, double count) {
        int entries = score(left, group);
        for (int a = 0; a < entries; a++) {
            for (int b = 0; b < entries; b++) {
                if (index[b] <= index[a]) {
                    sum[index[a]][index[b]] += count * factor[a] * factor[b];
                }
            }
        }
    }

    /// `Σ_a s_a s_aᵀ`, `s_a` the sum of an annotator's scores, its lower triangle filled. A comparison of nobody known
    /// stands for itself.
    double[][] byAnnotator() {
        int[] annotator = groups.annotator == null ? new int[groups.groups] : groups.annotator;
        int annotators = Arrays.stream(annotator).max().orElse(-1) + 1;
        double[] @Nullable [] sums = new double[annotators][];
        double[][] sum = new double[likelihood.parameters][likelihood.parameters];
        each((left, group) -> {
            if (annotator[group] < 0) {
                addSquares(sum, left, group);
            } else {
                double[] own = sums[annotator[group]];
                if (own == null) {
                    own = new double[likelihood.parameters];
                    sums[annotator[group]] = own;
                }
                addScore(own, left, group);
            }
        });
        for (double[] own : sums) {
            if (own != null) {
                for (int row = 0; row < own.length; row++) {
                    for (int column = 0; own[row] != 0 && column <= row; column++) {
                        sum[row][column] += own[row] * own[column];
                    }
                }
            }
        }
        return sum;
    }

    private void addScore(double[] own, int left, int group) {
        double d = at[left] - at[groups.right[group]] + groups.shift(group, at);
        likelihood.ties.terms(d, eta, groups.wins(group), groups.losses(group), groups.ties(group), terms);
        int entries = score(left, group);
        for (int a = 0; a < entries; a++) {
            own[index[a]] += factor[a];
        }
    }

    private void single(double d, Outcome outcome) {
        likelihood.ties.terms(
                d,
                eta,
                outcome == Outcome.LEFT ? 1 : 0,
                outcome == Outcome.RIGHT ? 1 : 0,
                outcome == Outcome.TIE ? 1 : 0,
                terms);
    }

    private int score(int left, int group) {
        int entries = likelihood.design(left, group, index, factor);
        for (int a = 0; a < entries; a++) {
            factor[a] *= terms.byDifference;
        }
        if (likelihood.tieParameter) {
            index[entries] = likelihood.parameters - 1;
            factor[entries] = terms.byTie;
            entries++;
        }
        return entries;
    }

    private interface Group {
        void visit(int left, int group);
    }

    private void each(Group visitor) {
        for (int left = 0; left < groups.items; left++) {
            for (int group = groups.starts[left]; group < groups.starts[left + 1]; group++) {
                visitor.visit(left, group);
            }
        }
    }
}
