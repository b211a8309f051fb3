package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The table of every two annotators who labelled a common item, from one pass over the items.
///
/// An item of m labels takes m² steps; memory is that of the pairs that met. Who labelled an item more than once
/// counts with each of their labels.
public final class AnnotatorPairs {

    private AnnotatorPairs() {}

    /// @param first lower number of the two, whose labels are the rows
    public record Pair(int first, int second, TwoRaterTable table) {}

    /// @param items that both labelled
    public record PairKappa(int first, int second, long items, Estimate kappa) {}

    /// In the order of the first, then of the second annotator.
    public static List<Pair> of(Labels labels) {
        Map<Long, long[][]> tables = new TreeMap<>();
        for (int item = 0; item < labels.items(); item++) {
            for (int row = labels.start(item); row < labels.end(item); row++) {
                for (int column = row + 1; column < labels.end(item); column++) {
                    if (labels.annotator(row) < labels.annotator(column)) {
                        long pair = (long) labels.annotator(row) << 32 | labels.annotator(column);
                        long[][] table =
                                tables.computeIfAbsent(pair, _ -> new long[labels.categories()][labels.categories()]);
                        table[labels.category(row)][labels.category(column)]++;
                    }
                }
            }
        }
        return tables.entrySet().stream()
                .map(entry -> new Pair(
                        (int) (entry.getKey() >> 32), entry.getKey().intValue(), TwoRaterTable.of(entry.getValue())))
                .toList();
    }

    /// κ of every two annotators who labelled a common item.
    ///
    /// @param confidence between 0 and 1
    public static List<PairKappa> kappas(Labels labels, CohenKappa kappa, double confidence) {
        return of(labels).stream()
                .map(pair ->
                        new PairKappa(pair.first, pair.second, pair.table.items(), kappa.of(pair.table, confidence)))
                .toList();
    }
}
