package dev.tiebreak.statistics.drift;

/// One annotator's answers to gold tasks in time order, cut into batches for the charts.
///
/// A [PChart] takes the misses and sizes as they are. [CusumChart] and [EwmaChart] take [#standardised], whose
/// values have mean 0 and standard deviation 1 while the accuracy is what it should be.
///
/// @param misses answers that were wrong, one a batch
/// @param sizes answers, one a batch
public record GoldBatches(long[] misses, long[] sizes) {

    /// Batches of `size` answers; a rest too small for a batch of its own joins the last one.
    ///
    /// @param right whether each answer was right, in time order
    /// @param size at least 1
    public static GoldBatches of(boolean[] right, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a batch holds at least one answer, got " + size);
        }
        int batches = right.length == 0 ? 0 : Math.max(1, right.length / size);
        long[] misses = new long[batches];
        long[] sizes = new long[batches];
        for (int answer = 0; answer < right.length; answer++) {
            int batch = Math.min(answer / size, batches - 1);
            sizes[batch]++;
            misses[batch] += right[answer] ? 0 : 1;
        }
        return new GoldBatches(misses, sizes);
    }

    /// `(accuracy of the batch − accuracy) / √(accuracy (1 − accuracy) / n)`.
    ///
    /// @param accuracy while nothing is wrong, strictly between 0 and 1
    public double[] standardised(double accuracy) {
        if (!(accuracy > 0 && accuracy < 1)) {
            throw new IllegalArgumentException("an accuracy to compare with lies between 0 and 1, got " + accuracy);
        }
        double[] values = new double[sizes.length];
        for (int batch = 0; batch < values.length; batch++) {
            double seen = 1 - (double) misses[batch] / sizes[batch];
            values[batch] = (seen - accuracy) / Math.sqrt(accuracy * (1 - accuracy) / sizes[batch]);
        }
        return values;
    }
}
