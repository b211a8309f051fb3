package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;

/// Krippendorff's α: `1 − D_o / D_e`, for any number of labels per item, missing ones included.
///
/// With `n_ic` labels of category c on item i, `n_i` labels on it, and `n_c`, `n` the sums over items with at least
/// two labels (others say nothing and are left out):
/// `D_o = Σ_i Σ_{c,k} n_ic n_ik δ²_ck / (n_i − 1) / n` and `D_e = Σ_{c,k} n_c n_k δ²_ck / (n (n − 1))`
/// (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability").
/// 1 is perfect agreement, 0 what chance gives; it can be negative. Undefined when no item has two labels, or when
/// all labels are of one category.
public final class KrippendorffAlpha implements AgreementCoefficient {
    private final Distance distance;

    private KrippendorffAlpha(Distance distance) {
        this.distance = distance;
    }

    public static KrippendorffAlpha nominal() {
        return with(new Distance.Nominal());
    }

    /// The categories are levels, the lowest first.
    public static KrippendorffAlpha ordinal() {
        return with(new Distance.Ordinal());
    }

    /// @param scale the value of each category, declared, not re-indexed by use
    public static KrippendorffAlpha interval(double... scale) {
        return with(new Distance.Interval(scale));
    }

    /// @param scale the value of each category, from 0 up
    public static KrippendorffAlpha ratio(double... scale) {
        return with(new Distance.Ratio(scale));
    }

    public static KrippendorffAlpha with(Distance distance) {
        return new KrippendorffAlpha(distance);
    }

    @Override
    public Estimate of(CategoryCounts counts) {
        Parts parts = parts(counts);
        if (parts.pairableLabels() == 0) {
            return new Estimate.Undefined(Reasons.noPairableItem(counts));
        }
        if (parts.expected() == 0) {
            return new Estimate.Undefined(Reasons.ONE_CATEGORY);
        }
        return new Estimate.WithoutInterval(1 - parts.observed() / parts.expected(), NO_INTERVAL_ASKED);
    }

    /// What α is made of.
    ///
    /// @param observed `D_o`, 0 when there is nothing to compare
    /// @param expected `D_e`, 0 when all labels are of one category
    /// @param pairableLabels `n`, labels on items with at least two
    public record Parts(double observed, double expected, long pairableLabels) {}

    public Parts parts(CategoryCounts counts) {
        double[] marginals = marginals(counts);
        double n = 0;
        for (double marginal : marginals) {
            n += marginal;
        }
        if (n == 0) {
            return new Parts(0, 0, 0);
        }
        double[][] distances = distance.between(marginals);
        double expected = weighted(marginals, distances) / (n * (n - 1));
        return new Parts(observed(counts, distances) / n, expected, (long) n);
    }

    private static double observed(CategoryCounts counts, double[][] distances) {
        double sum = 0;
        double[] labels = new double[counts.categories()];
        for (int pattern = 0; pattern < counts.patterns(); pattern++) {
            int onItem = counts.labels(pattern);
            if (onItem >= 2 && counts.multiplicity(pattern) > 0) {
                for (int category = 0; category < labels.length; category++) {
                    labels[category] = counts.count(pattern, category);
                }
                sum += counts.multiplicity(pattern) * weighted(labels, distances) / (onItem - 1);
            }
        }
        return sum;
    }

    /// `Σ_{c,k} n_c n_k δ²_ck` over ordered pairs.
    private static double weighted(double[] labels, double[][] distances) {
        double sum = 0;
        for (int c = 0; c < labels.length; c++) {
            for (int k = c + 1; k < labels.length; k++) {
                sum += labels[c] * labels[k] * distances[c][k];
            }
        }
        return 2 * sum;
    }

    /// Labels of each category on items with at least two labels. Doubles: products overflow an int at 46,341.
    private static double[] marginals(CategoryCounts counts) {
        double[] marginals = new double[counts.categories()];
        for (int pattern = 0; pattern < counts.patterns(); pattern++) {
            if (counts.labels(pattern) >= 2) {
                for (int category = 0; category < marginals.length; category++) {
                    marginals[category] += (double) counts.multiplicity(pattern) * counts.count(pattern, category);
                }
            }
        }
        return marginals;
    }
}
