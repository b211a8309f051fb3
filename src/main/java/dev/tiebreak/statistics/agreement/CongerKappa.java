package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;

/// Conger's κ of several annotators (Conger 1980; the exact κ of R's irr; of two it is Cohen's): chance agreement
/// is the mean over pairs of annotators of `Σ_ck w_ck p_gc p_hk`, each keeping their own shares.
///
/// `p_a` is the mean over items with two labels, and an annotator's shares are those of the items they labelled,
/// so that labels may be missing (Gwet 2014, ch. 5). The standard error is linearised over items. Undefined where
/// no item has two labels, with one annotator, or where all labels are of one category.
public final class CongerKappa {
    private final Weights weights;

    private CongerKappa(Weights weights) {
        this.weights = weights;
    }

    public static CongerKappa unweighted() {
        return weighted(Weights.identity());
    }

    public static CongerKappa weighted(Weights weights) {
        return new CongerKappa(weights);
    }

    /// @param confidence between 0 and 1
    public Estimate of(Labels labels, double confidence) {
        double[][] matrix = weights.matrix(labels.categories());
        Chance chance = Chance.of(labels, matrix);
        ItemMoments moments = ItemMoments.of(CategoryCounts.of(labels), matrix);
        if (moments.pairableItems() == 0) {
            return new Estimate.Undefined(Reasons.noPairableItem(labels));
        }
        if (chance.annotators < 2) {
            return new Estimate.Undefined(Reasons.ONE_ANNOTATOR);
        }
        if (chance.expected > 1 - 1e-12) {
            return new Estimate.Undefined(Reasons.ONE_CATEGORY);
        }
        return linearised(labels, matrix, moments, chance).interval(confidence);
    }

    /// @param annotators with at least one label
    /// @param shares `[annotators, categories]`
    /// @param pull `∂p_e / ∂p_gc`, `[annotators, categories]`
    private record Chance(int annotators, double expected, long[] labels, double[][] shares, double[][] pull) {

        static Chance of(Labels labels, double[][] weights) {
            double[][] shares = new double[labels.annotators()][weights.length];
            long[] given = new long[labels.annotators()];
            for (int label = 0; label < labels.size(); label++) {
                shares[labels.annotator(label)][labels.category(label)]++;
                given[labels.annotator(label)]++;
            }
            int annotators = 0;
            double[] sum = new double[weights.length];
            for (int g = 0; g < given.length; g++) {
                annotators += given[g] > 0 ? 1 : 0;
                for (int c = 0; c < sum.length; c++) {
                    shares[g][c] /= Math.max(1, given[g]);
                    sum[c] += shares[g][c];
                }
            }
            return of(annotators, given, shares, sum, weights);
        }

        private static Chance of(int annotators, long[] given, double[][] shares, double[] sum, double[][] weights) {
            double pairs = Math.max(1, annotators * (annotators - 1.0));
            double expected = 0;
            double[][] pull = new double[given.length][sum.length];
            for (int g = 0; g < given.length; g++) {
                for (int c = 0; c < sum.length; c++) {
                    for (int k = 0; k < sum.length; k++) {
                        double others = (sum[k] - shares[g][k]) / pairs;
                        expected += weights[c][k] * shares[g][c] * others;
                        pull[g][c] += (weights[c][k] + weights[k][c]) * others;
                    }
                }
            }
            return new Chance(annotators, expected, given, shares, pull);
        }

        /// How one label of each category by each annotator moves `p_e`.
        double[][] moved() {
            double[][] moved = new double[labels.length][];
            for (int annotator = 0; annotator < moved.length; annotator++) {
                moved[annotator] = pull[annotator].clone();
                for (int category = 0; category < moved[annotator].length; category++) {
                    for (int c = 0; c < moved[annotator].length; c++) {
                        moved[annotator][category] -= shares[annotator][c] * pull[annotator][c];
                    }
                    moved[annotator][category] /= Math.max(1, labels[annotator]);
                }
            }
            return moved;
        }
    }

    private static Linearised linearised(Labels labels, double[][] matrix, ItemMoments moments, Chance chance) {
        double value = (moments.observed() - chance.expected) / (1 - chance.expected);
        double[][] moved = chance.moved();
        double squares = 0;
        for (int item = 0; item < labels.items(); item++) {
            double added = 0;
            for (int label = labels.start(item); label < labels.end(item); label++) {
                added -= (1 - value) * moved[labels.annotator(label)][labels.category(label)];
            }
            if (labels.end(item) - labels.start(item) >= 2) {
                added += (agreement(labels, item, matrix) - moments.observed()) / moments.pairableItems();
            }
            squares += added * added;
        }
        double items = moments.items();
        double variance = squares / ((1 - chance.expected) * (1 - chance.expected)) * items / Math.max(1, items - 1);
        return new Linearised(value, variance, moments.items(), moments.pairableItems());
    }

    private static double agreement(Labels labels, int item, double[][] matrix) {
        double agreeing = 0;
        for (int left = labels.start(item); left < labels.end(item); left++) {
            for (int right = labels.start(item); right < labels.end(item); right++) {
                agreeing += left == right ? 0 : matrix[labels.category(left)][labels.category(right)];
            }
        }
        double count = labels.end(item) - labels.start(item);
        return agreeing / (count * (count - 1));
    }
}
