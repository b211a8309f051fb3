package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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
        PairIndex index = new PairIndex();
        List<long[][]> tables = new ArrayList<>();
        for (int item = 0; item < labels.items(); item++) {
            for (int row = labels.start(item); row < labels.end(item); row++) {
                for (int column = row + 1; column < labels.end(item); column++) {
                    if (labels.annotator(row) < labels.annotator(column)) {
                        int pair = index.of(labels.annotator(row), labels.annotator(column));
                        if (pair == tables.size()) {
                            tables.add(new long[labels.categories()][labels.categories()]);
                        }
                        tables.get(pair)[labels.category(row)][labels.category(column)]++;
                    }
                }
            }
        }
        long[] pairs = index.pairs();
        return IntStream.range(0, pairs.length)
                .boxed()
                .sorted(Comparator.comparingLong(pair -> pairs[pair]))
                .map(pair -> new Pair((int) (pairs[pair] >> 32), (int) pairs[pair], TwoRaterTable.of(tables.get(pair))))
                .toList();
    }

    /// κ of every two annotators who labelled a common item.
    ///
    /// @param confidence between 0 and 1
    public static List<PairKappa> kappas(Labels labels, CohenKappa kappa, double confidence) {
        return kappas(of(labels), kappa, confidence);
    }

    /// The same of tables that are there already.
    public static List<PairKappa> kappas(List<Pair> pairs, CohenKappa kappa, double confidence) {
        return pairs.stream()
                .map(pair ->
                        new PairKappa(pair.first, pair.second, pair.table.items(), kappa.of(pair.table, confidence)))
                .toList();
    }
}
