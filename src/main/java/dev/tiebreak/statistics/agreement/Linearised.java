package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import org.apache.commons.statistics.distribution.TDistribution;

/// A value and its variance over items, from what each item adds to the value.
///
/// @param variance with n − 1 in its denominator
/// @param items with at least one label
/// @param pairableItems with at least two
record Linearised(double value, double variance, long items, long pairableItems) {
    static final String METHOD = "linearised variance over items, t";

    static final String NO_SPREAD = "all items say the same, so that their spread says nothing: label more items";

    double standardError() {
        return Math.sqrt(variance);
    }

    /// `(n − 1)/n` of the variance: the maximum likelihood form, usual for tables of two annotators.
    Linearised ofTable() {
        return new Linearised(value, variance * (items - 1) / items, items, pairableItems);
    }

    /// Of a coefficient between −1 and 1.
    Estimate interval(double confidence) {
        return interval(confidence, -1);
    }

    /// @param least the parameter's smallest value, where the interval ends; its largest is 1
    Estimate interval(double confidence, double least) {
        if (pairableItems < ItemBootstrap.FEWEST_ITEMS) {
            return new Estimate.WithoutInterval(value, Reasons.tooFewItems(pairableItems));
        }
        if (!(standardError() > 1e-12)) {
            return new Estimate.WithoutInterval(value, NO_SPREAD);
        }
        double half = TDistribution.of(items - 1.0).inverseSurvivalProbability((1 - confidence) / 2) * standardError();
        return new Estimate.Defined(
                value,
                standardError(),
                Math.min(value, Math.max(least, value - half)),
                Math.max(value, Math.min(1, value + half)),
                confidence,
                METHOD);
    }
}
