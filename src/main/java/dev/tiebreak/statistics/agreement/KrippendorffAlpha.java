package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Krippendorff's α: `1 − D_o / D_e`, for any number of labels per item, missing ones included.
///
/// With `n_ic` labels of category c on item i, `n_i` labels on it, and `n_c`, `n` the sums over items with at
/// least two labels (others say nothing and are left out): `D_o = Σ_i Σ_{c,k} n_ic n_ik δ²_ck / (n_i − 1) / n`
/// and `D_e = Σ_{c,k} n_c n_k δ²_ck / (n (n − 1))` (Krippendorff 2011, "Computing Krippendorff's
/// Alpha-Reliability"). 1 is perfect agreement, 0 what chance gives; it can be negative. Undefined when no item
/// has two labels, or when all labels are of one category.
///
/// The standard error is Gwet's linearised one over items with two labels (Gwet 2014, ch. 6, as irrCAC computes
/// it). He takes distances as given; ordinal distances depend on the marginals, and what an item moves them
/// counts here.
public final class KrippendorffAlpha implements AnalyticCoefficient {
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

    @Override
    public Estimate of(CategoryCounts counts, double confidence) {
        Estimate estimate = of(counts);
        return estimate.point().isEmpty() ? estimate : linearised(counts).interval(confidence);
    }

    @Override
    public Estimate of(TwoRaterTable table, double confidence) {
        CategoryCounts counts = table.counts();
        Estimate estimate = of(counts);
        return estimate.point().isEmpty()
                ? estimate
                : linearised(counts).ofTable().interval(confidence);
    }

    /// α of one category against all others.
    public static Estimate ofCategory(CategoryCounts counts, int category, double confidence) {
        return nominal().of(counts.versusRest(category), confidence);
    }

    /// α of each pattern's items against the disagreement expected from all: `1 − D_i / D_e` with `D_i = Σ_{c,k}
    /// n_ic n_ik δ²_ck / (n_i (n_i − 1))`. Undefined for a pattern of fewer than two labels.
    public List<Estimate> perPattern(CategoryCounts counts) {
        double expected = parts(counts).expected();
        double[][] distances = distance.between(marginals(counts));
        return IntStream.range(0, counts.patterns())
                .mapToObj(pattern -> perItem(counts, pattern, distances, expected))
                .toList();
    }

    private static Estimate perItem(CategoryCounts counts, int pattern, double[][] distances, double expected) {
        double labels = counts.labels(pattern);
        if (labels < 2) {
            return new Estimate.Undefined("the item has fewer than two labels");
        }
        if (expected == 0) {
            return new Estimate.Undefined(Reasons.ONE_CATEGORY);
        }
        double observed = weighted(countsOf(counts, pattern), distances) / (labels * (labels - 1));
        return new Estimate.WithoutInterval(1 - observed / expected, NO_INTERVAL_ASKED);
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
        for (int pattern = 0; pattern < counts.patterns(); pattern++) {
            int onItem = counts.labels(pattern);
            if (onItem >= 2 && counts.multiplicity(pattern) > 0) {
                sum += counts.multiplicity(pattern) * weighted(countsOf(counts, pattern), distances) / (onItem - 1);
            }
        }
        return sum;
    }

    private static double[] countsOf(CategoryCounts counts, int pattern) {
        double[] labels = new double[counts.categories()];
        for (int category = 0; category < labels.length; category++) {
            labels[category] = counts.count(pattern, category);
        }
        return labels;
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

    /// Without the correction for small samples `1 − α = n A / B`, with the sums `A = n D_o` and `B = n (n − 1)
    /// D_e` over all items; each item adds a share to n, A and B.
    private Linearised linearised(CategoryCounts counts) {
        double[] marginals = marginals(counts);
        double n = DoubleStream.of(marginals).sum();
        double[][] distances = distance.between(marginals);
        double a = observed(counts, distances);
        double b = weighted(marginals, distances);
        double[] movesA = new double[marginals.length];
        double[] movesB = new double[marginals.length];
        if (distance instanceof Distance.Ordinal) {
            movesA = movedRanks(coincidences(counts), marginals);
            movesB = movedRanks(products(marginals), marginals);
        }
        for (int c = 0; c < marginals.length; c++) {
            for (int k = 0; k < marginals.length; k++) {
                movesB[c] += 2 * marginals[k] * distances[c][k];
            }
        }
        double squares = 0;
        for (int pattern = 0; pattern < counts.patterns(); pattern++) {
            int onItem = counts.labels(pattern);
            if (onItem >= 2) {
                double[] labels = countsOf(counts, pattern);
                double inA = weighted(labels, distances) / (onItem - 1) + dot(labels, movesA);
                double added = -(inA * n + a * onItem - a * n * dot(labels, movesB) / b) / b;
                squares += counts.multiplicity(pattern) * added * added;
            }
        }
        double items = counts.pairableItems();
        double value = of(counts).point().orElseThrow();
        double variance = squares * items / Math.max(1, items - 1);
        return new Linearised(value, variance, counts.pairableItems(), counts.pairableItems());
    }

    /// The pairs of labels that stand on one item, `Σ_i n_ic (n_ik − [c = k]) / (n_i − 1)`.
    private static double[][] coincidences(CategoryCounts counts) {
        double[][] pairs = new double[counts.categories()][counts.categories()];
        for (int pattern = 0; pattern < counts.patterns(); pattern++) {
            int onItem = counts.labels(pattern);
            for (int c = 0; c < pairs.length && onItem >= 2; c++) {
                for (int k = 0; k < pairs.length; k++) {
                    pairs[c][k] += counts.multiplicity(pattern)
                            * (double) counts.count(pattern, c)
                            * (counts.count(pattern, k) - (c == k ? 1 : 0))
                            / (onItem - 1);
                }
            }
        }
        return pairs;
    }

    private static double[][] products(double[] marginals) {
        double[][] pairs = new double[marginals.length][marginals.length];
        for (int c = 0; c < marginals.length; c++) {
            for (int k = 0; k < marginals.length; k++) {
                pairs[c][k] = marginals[c] * marginals[k];
            }
        }
        return pairs;
    }

    /// What one more label of each category adds to `Σ_ck pairs_ck (R_c − R_k)²` by moving the mid-ranks R.
    private static double[] movedRanks(double[][] pairs, double[] marginals) {
        double[] ranks = new double[marginals.length];
        double below = 0;
        for (int c = 0; c < ranks.length; c++) {
            ranks[c] = below + marginals[c] / 2;
            below += marginals[c];
        }
        double[] moves = new double[ranks.length];
        double above = 0;
        for (int c = ranks.length - 1; c >= 0; c--) {
            double lever = 0;
            for (int k = 0; k < ranks.length; k++) {
                lever += 4 * pairs[c][k] * (ranks[c] - ranks[k]);
            }
            moves[c] = above + lever / 2;
            above += lever;
        }
        return moves;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
