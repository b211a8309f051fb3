package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;

/// Raw agreement: of all pairs of labels on one item, the share that are the same.
///
/// `Σ_i Σ_c n_ic (n_ic − 1) / Σ_i n_i (n_i − 1)`: every label pair counts once, so that items with more labels weigh
/// more. Between 0 and 1; agreement by chance is not taken out. Undefined when no item has two labels.
public final class PercentAgreement implements AgreementCoefficient {

    @Override
    public Estimate of(CategoryCounts counts) {
        double agreeing = 0;
        double pairs = 0;
        for (int pattern = 0; pattern < counts.patterns(); pattern++) {
            double labels = counts.labels(pattern);
            pairs += counts.multiplicity(pattern) * labels * (labels - 1);
            agreeing += counts.multiplicity(pattern) * agreeing(counts, pattern);
        }
        return pairs == 0
                ? new Estimate.Undefined(Reasons.noPairableItem(counts))
                : new Estimate.WithoutInterval(agreeing / pairs, NO_INTERVAL_ASKED);
    }

    private static double agreeing(CategoryCounts counts, int pattern) {
        double agreeing = 0;
        for (int category = 0; category < counts.categories(); category++) {
            double count = counts.count(pattern, category);
            agreeing += count * (count - 1);
        }
        return agreeing;
    }
}
