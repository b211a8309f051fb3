package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.util.List;

/// The mean of Cohen's κ over all pairs of annotators that have one: Light's κ (Light 1971) without weights, the
/// mean pairwise QWK with quadratic ones. Every pair counts once, whatever it labelled together.
///
/// The standard error is linearised over items: what an item adds to each pair's κ, summed over the pairs.
/// Undefined where no two annotators have a κ.
public final class PairwiseKappa {
    private final CohenKappa kappa;

    private PairwiseKappa(CohenKappa kappa) {
        this.kappa = kappa;
    }

    public static PairwiseKappa light() {
        return of(CohenKappa.unweighted());
    }

    /// @param scale the declared value of each category; levels that nobody used keep their place
    public static PairwiseKappa quadratic(double... scale) {
        return of(CohenKappa.weighted(Weights.quadratic(scale)));
    }

    public static PairwiseKappa of(CohenKappa kappa) {
        return new PairwiseKappa(kappa);
    }

    /// @param confidence between 0 and 1
    public Estimate of(Labels labels, double confidence) {
        return of(labels, AnnotatorPairs.of(labels), confidence);
    }

    /// The same of tables that are there already.
    ///
    /// @param all of these labels
    public Estimate of(Labels labels, List<AnnotatorPairs.Pair> all, double confidence) {
        List<AnnotatorPairs.Pair> pairs = all.stream()
                .filter(pair -> kappa.of(pair.table()).point().isPresent())
                .toList();
        if (pairs.isEmpty()) {
            return new Estimate.Undefined(
                    "no two annotators have labelled common items in more than one category: let them share items");
        }
        double mean = pairs.stream()
                .mapToDouble(pair -> kappa.of(pair.table()).point().orElseThrow())
                .average()
                .orElseThrow();
        PairIndex index = new PairIndex();
        pairs.forEach(pair -> index.of(pair.first(), pair.second()));
        List<double[][]> added =
                pairs.stream().map(pair -> kappa.added(pair.table())).toList();
        return linearised(labels, mean, index, added).interval(confidence);
    }

    private static Linearised linearised(Labels labels, double mean, PairIndex index, List<double[][]> added) {
        long items = 0;
        double squares = 0;
        for (int item = 0; item < labels.items(); item++) {
            double sum = 0;
            for (int row = labels.start(item); row < labels.end(item); row++) {
                for (int column = row + 1; column < labels.end(item); column++) {
                    int pair = index.find(labels.annotator(row), labels.annotator(column));
                    sum += pair < 0 ? 0 : added.get(pair)[labels.category(row)][labels.category(column)];
                }
            }
            items += labels.end(item) - labels.start(item) >= 2 ? 1 : 0;
            squares += sum * sum;
        }
        double pairs = added.size();
        double variance = squares / (pairs * pairs) * items / Math.max(1, items - 1);
        return new Linearised(mean, variance, items, items);
    }
}
