package dev.tiebreak.statistics.drift;

import dev.tiebreak.statistics.Estimate;

/// Standard deviation from how far neighbours in time lie apart, so that a slow drift does not swell it: `mean
/// |x_i − x_{i−1}| / d₂` with `d₂ = 2/√π = 1.128` (Montgomery, *Introduction to Statistical Quality Control*,
/// §6.4), for normal values.
public final class MovingRange {
    private static final double D2 = 2 / Math.sqrt(Math.PI);

    private MovingRange() {}

    /// In units of the values. Undefined for fewer than two of them, or where all are the same.
    ///
    /// @param values in time order, all finite
    public static Estimate sigma(double... values) {
        double sum = 0;
        for (int i = 1; i < values.length; i++) {
            sum += Math.abs(Values.finite(values[i], i) - Values.finite(values[i - 1], i - 1));
        }
        if (values.length < 2) {
            return new Estimate.Undefined("how much values vary takes at least two of them");
        }
        return sum == 0
                ? new Estimate.Undefined("all values are the same: say how much they usually vary")
                : new Estimate.WithoutInterval(sum / (values.length - 1) / D2, "a chart takes no interval");
    }
}
