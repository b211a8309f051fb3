package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import java.util.OptionalDouble;

/// `(p_a − p_e) / (1 − p_e)`: observed agreement, taken as the mean over items with at least two labels, beyond
/// that of chance; coefficients differ in what chance is (Gwet 2014, ch. 5).
///
/// Numbers of labels may vary from item to item. Items with one label count in how often each category is chosen,
/// not in the agreement.
abstract sealed class ChanceCorrected implements AnalyticCoefficient permits BrennanPrediger, FleissKappa, GwetAc {
    private final Weights weights;

    ChanceCorrected(Weights weights) {
        this.weights = weights;
    }

    /// `p_e`.
    ///
    /// @param prevalence share of each category
    abstract double chance(double[] prevalence, double[][] weights);

    /// `∂p_e / ∂π_c`.
    abstract double[] chanceGradient(double[] prevalence, double[][] weights);

    /// What the coefficient is made of.
    ///
    /// @param observed `p_a`, 0 when there is nothing to compare
    /// @param expected `p_e`
    public record Parts(double observed, double expected) {}

    public final Parts parts(CategoryCounts counts) {
        double[][] matrix = weights.matrix(counts.categories());
        ItemMoments moments = ItemMoments.of(counts, matrix);
        return new Parts(moments.observed(), chance(moments.prevalence(), matrix));
    }

    @Override
    public final Estimate of(CategoryCounts counts) {
        double[][] matrix = weights.matrix(counts.categories());
        ItemMoments moments = ItemMoments.of(counts, matrix);
        if (moments.pairableItems() == 0) {
            return new Estimate.Undefined(Reasons.noPairableItem(counts));
        }
        double chance = chance(moments.prevalence(), matrix);
        if (counts.categories() < 2 || chance > 1 - 1e-12) {
            return new Estimate.Undefined(Reasons.ONE_CATEGORY);
        }
        return new Estimate.WithoutInterval((moments.observed() - chance) / (1 - chance), NO_INTERVAL_ASKED);
    }

    @Override
    public final Estimate of(CategoryCounts counts, double confidence) {
        Estimate estimate = of(counts);
        return estimate.point().isEmpty() ? estimate : linearised(counts, false).interval(confidence);
    }

    @Override
    public final Estimate of(TwoRaterTable table, double confidence) {
        CategoryCounts counts = table.counts();
        Estimate estimate = of(counts);
        return estimate.point().isEmpty()
                ? estimate
                : linearised(counts, false).ofTable().interval(confidence);
    }

    /// The standard error as Gwet prints it and R's irrCAC computes it; empty where the coefficient is undefined.
    ///
    /// It is the interval's own where every item has two labels. An item with one label counts there as one that
    /// does not agree at all, which overstates the variance where many are such.
    public final OptionalDouble publishedStandardError(CategoryCounts counts) {
        return of(counts).point().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(linearised(counts, true).standardError());
    }

    private Linearised linearised(CategoryCounts counts, boolean singlesDisagree) {
        double[][] matrix = weights.matrix(counts.categories());
        ItemMoments moments = ItemMoments.of(counts, matrix);
        double[] gradient = chanceGradient(moments.prevalence(), matrix);
        double chance = chance(moments.prevalence(), matrix);
        double value = (moments.observed() - chance) / (1 - chance);
        double ofPairable = (double) moments.items() / moments.pairableItems();
        double squares = 0;
        for (int pattern = 0; pattern < counts.patterns(); pattern++) {
            int labels = counts.labels(pattern);
            if (labels == 0) {
                continue;
            }
            double added = -(1 - value) * pull(counts, pattern, moments.prevalence(), gradient);
            if (singlesDisagree) {
                added -= value * (1 - chance);
                added += labels >= 2 ? ofPairable * (moments.agreementOf()[pattern] - chance) : 0;
            } else {
                added += labels >= 2 ? ofPairable * (moments.agreementOf()[pattern] - moments.observed()) : 0;
            }
            squares += counts.multiplicity(pattern) * added * added;
        }
        double items = moments.items();
        double variance = squares / ((1 - chance) * (1 - chance)) / (items * Math.max(1, items - 1));
        return new Linearised(value, variance, moments.items(), moments.pairableItems());
    }

    /// How an item of this pattern moves `p_e`: `Σ_c (share_c − π_c) ∂p_e/∂π_c`.
    private static double pull(CategoryCounts counts, int pattern, double[] prevalence, double[] gradient) {
        double labels = counts.labels(pattern);
        double pull = 0;
        for (int category = 0; category < gradient.length; category++) {
            pull += (counts.count(pattern, category) / labels - prevalence[category]) * gradient[category];
        }
        return pull;
    }

    static double sum(double[][] matrix) {
        double sum = 0;
        for (double[] row : matrix) {
            for (double cell : row) {
                sum += cell;
            }
        }
        return sum;
    }
}
