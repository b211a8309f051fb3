package dev.tiebreak.rlhf.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// In which order an epoch visits the examples, and how it groups them; a function of size, seed and epoch alone, so
/// that a resumed run meets the same batches.
public final class Batches {
    private Batches() {}

    /// A permutation of `0 … size−1`.
    public static int[] shuffled(int size, long seed, int epoch) {
        int[] order = IntStream.range(0, size).toArray();
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    /// Consecutive groups of `batchSize`; the last one may be smaller.
    public static List<int[]> of(int[] order, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch needs at least 1 example, got " + batchSize);
        }
        List<int[]> batches = new ArrayList<>();
        for (int begin = 0; begin < order.length; begin += batchSize) {
            batches.add(Arrays.copyOfRange(order, begin, Math.min(order.length, begin + batchSize)));
        }
        return batches;
    }
}
