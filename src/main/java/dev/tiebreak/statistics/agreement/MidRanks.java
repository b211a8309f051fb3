package dev.tiebreak.statistics.agreement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Ranks from 1 up, equal values sharing the mean of theirs.
final class MidRanks {

    private MidRanks() {}

    static double[] of(double... values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] ranks = new double[values.length];
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    /// Sizes of the groups of equal values, those of one included.
    static int[] ties(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        IntStream.Builder sizes = IntStream.builder();
        int from = 0;
        for (int to = 1; to <= sorted.length; to++) {
            if (to == sorted.length || sorted[to] != sorted[from]) {
                sizes.add(to - from);
                from = to;
            }
        }
        return sizes.build().toArray();
    }

    /// `Σ (t³ − t)` over groups of t equal values.
    static double tieCubes(double... values) {
        double sum = 0;
        for (double t : ties(values)) {
            sum += t * t * t - t;
        }
        return sum;
    }
}
