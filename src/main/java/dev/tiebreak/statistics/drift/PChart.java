package dev.tiebreak.statistics.drift;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Control chart of a share (Shewhart; Montgomery, *Introduction to Statistical Quality Control*, eq. 7.6 to
/// 7.8), of constant or varying batch sizes.
///
/// `p̄ = Σ defects / Σ n`; limits of batch i `p̄ ± 3 √(p̄ (1 − p̄) / n_i)`, cut at 0 and 1. A batch strictly
/// outside is out of control. The limits come from the same batches that they judge, unless a share is given.
/// Undefined without any trial.
public sealed interface PChart {
    double STANDARD_ERRORS = 3;

    /// @param centre `p̄`
    /// @param shares defects / n, one a batch
    /// @param upper limit, one a batch
    /// @param lower limit, one a batch
    /// @param out numbers of the batches, from 1, outside their limits
    record Limits(double centre, double[] shares, double[] upper, double[] lower, int[] out) implements PChart {}

    /// @param reason why there is no chart, as a person can act on it
    record Undefined(String reason) implements PChart {}

    /// @param defects of each batch in time order, such as gold tasks answered wrong
    /// @param sizes of the batches, each above 0
    static PChart of(long[] defects, long[] sizes) {
        long trials = Arrays.stream(sizes).sum();
        return trials == 0
                ? new Undefined("there is nothing to take a share of yet")
                : around((double) Arrays.stream(defects).sum() / trials, defects, sizes);
    }

    /// The chart around a share that is known beforehand, such as that of all annotators.
    ///
    /// @param centre between 0 and 1
    static PChart around(double centre, long[] defects, long[] sizes) {
        requireBatches(defects, sizes);
        if (!(centre >= 0 && centre <= 1)) {
            throw new IllegalArgumentException("a share lies between 0 and 1, got " + centre);
        }
        double[] shares = new double[sizes.length];
        double[] upper = new double[sizes.length];
        double[] lower = new double[sizes.length];
        for (int batch = 0; batch < sizes.length; batch++) {
            double reach = STANDARD_ERRORS * Math.sqrt(centre * (1 - centre) / sizes[batch]);
            shares[batch] = (double) defects[batch] / sizes[batch];
            upper[batch] = Math.min(1, centre + reach);
            lower[batch] = Math.max(0, centre - reach);
        }
        int[] out = IntStream.range(0, sizes.length)
                .filter(batch -> shares[batch] > upper[batch] || shares[batch] < lower[batch])
                .map(batch -> batch + 1)
                .toArray();
        return new Limits(centre, shares, upper, lower, out);
    }

    private static void requireBatches(long[] defects, long[] sizes) {
        if (defects.length != sizes.length) {
            throw new IllegalArgumentException(defects.length + " counts of defects for " + sizes.length + " batches");
        }
        for (int batch = 0; batch < sizes.length; batch++) {
            if (sizes[batch] < 1 || defects[batch] < 0 || defects[batch] > sizes[batch]) {
                throw new IllegalArgumentException(
                        "batch " + (batch + 1) + " has " + defects[batch] + " defects of " + sizes[batch]);
            }
        }
    }
}
