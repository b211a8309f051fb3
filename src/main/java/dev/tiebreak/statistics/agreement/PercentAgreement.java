package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;

/// Raw agreement: of all pairs of labels on one item, the share that are the same. Between 0 and 1; agreement by
/// chance is not taken out. Undefined when no item has two labels.
///
/// Pooled, every label pair counts once, so that items with more labels weigh more: `Σ_i Σ_c n_ic (n_ic − 1) /
/// Σ_i n_i (n_i − 1)`. Over items, every item with two labels or more counts once, as in the `p_a` of κ and AC1.
/// With weights a pair counts as much as it agrees.
public final class PercentAgreement implements AnalyticCoefficient {
    private final Weights weights;
    private final boolean pooled;

    /// Pooled, only the same category agrees.
    public PercentAgreement() {
        this(Weights.identity(), true);
    }

    private PercentAgreement(Weights weights, boolean pooled) {
        this.weights = weights;
        this.pooled = pooled;
    }

    public static PercentAgreement pooled(Weights weights) {
        return new PercentAgreement(weights, true);
    }

    public static PercentAgreement overItems(Weights weights) {
        return new PercentAgreement(weights, false);
    }

    /// Pooled; a tie against a preference counts half, a tie against a tie whole.
    ///
    /// @param tie the category that stands for a tie
    public static PercentAgreement tiesHalf(int tie) {
        return pooled(categories -> {
            double[][] weights = Weights.identity().matrix(categories);
            for (int category = 0; category < categories; category++) {
                weights[category][tie] = category == tie ? 1 : 0.5;
                weights[tie][category] = weights[category][tie];
            }
            return weights;
        });
    }

    @Override
    public Estimate of(CategoryCounts counts) {
        Sums sums = Sums.of(counts, weights.matrix(counts.categories()), pooled);
        return sums.weight == 0
                ? new Estimate.Undefined(Reasons.noPairableItem(counts))
                : new Estimate.WithoutInterval(sums.agreeing / sums.weight, NO_INTERVAL_ASKED);
    }

    @Override
    public Estimate of(CategoryCounts counts, double confidence) {
        Estimate estimate = of(counts);
        return estimate.point().isEmpty() ? estimate : linearised(counts).interval(confidence, 0);
    }

    @Override
    public Estimate of(TwoRaterTable table, double confidence) {
        Estimate estimate = of(table.counts());
        return estimate.point().isEmpty()
                ? estimate
                : linearised(table.counts()).ofTable().interval(confidence, 0);
    }

    /// A ratio of two sums over items: each item adds `(a_i − P w_i) / w̄`.
    private Linearised linearised(CategoryCounts counts) {
        double[][] matrix = weights.matrix(counts.categories());
        Sums sums = Sums.of(counts, matrix, pooled);
        double value = sums.agreeing / sums.weight;
        double squares = 0;
        for (int pattern = 0; pattern < counts.patterns(); pattern++) {
            if (counts.labels(pattern) >= 2) {
                double added = agreeing(counts, pattern, matrix, pooled) - value * weight(counts, pattern, pooled);
                squares += counts.multiplicity(pattern) * added * added;
            }
        }
        double items = counts.pairableItems();
        double variance = squares / (sums.weight * sums.weight) * items / Math.max(1, items - 1);
        return new Linearised(value, variance, counts.pairableItems(), counts.pairableItems());
    }

    /// @param agreeing of all items, each as much as it weighs
    private record Sums(double agreeing, double weight) {
        static Sums of(CategoryCounts counts, double[][] matrix, boolean pooled) {
            double agreeing = 0;
            double weight = 0;
            for (int pattern = 0; pattern < counts.patterns(); pattern++) {
                if (counts.labels(pattern) >= 2) {
                    weight += counts.multiplicity(pattern) * PercentAgreement.weight(counts, pattern, pooled);
                    agreeing +=
                            counts.multiplicity(pattern) * PercentAgreement.agreeing(counts, pattern, matrix, pooled);
                }
            }
            return new Sums(agreeing, weight);
        }
    }

    private static double weight(CategoryCounts counts, int pattern, boolean pooled) {
        double labels = counts.labels(pattern);
        return pooled ? labels * (labels - 1) : 1;
    }

    private static double agreeing(CategoryCounts counts, int pattern, double[][] matrix, boolean pooled) {
        double labels = counts.labels(pattern);
        double pairs = ItemMoments.agreeingPairs(counts, pattern, matrix);
        return pooled ? pairs : pairs / (labels * (labels - 1));
    }
}
