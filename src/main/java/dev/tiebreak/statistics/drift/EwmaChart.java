package dev.tiebreak.statistics.drift;

import java.util.stream.IntStream;

/// Exponentially weighted moving average (Roberts 1959; Montgomery, *Introduction to Statistical Quality
/// Control*, eq. 9.22 to 9.26).
///
/// `z_i = λ x_i + (1 − λ) z_{i−1}` with `z_0 = target`; limits `target ± L σ √(λ / (2 − λ) · (1 − (1 −
/// λ)^{2i}))`, exact for every i, not only the ones they come to. An average outside its limits is an alarm. λ
/// = 0.1 with L = 2.7, or 0.2 with 2.86, waits about 500 values for a false alarm.
///
/// @param lambda weight of the newest value, above 0, at most 1
/// @param width L, in standard deviations of the average, above 0
/// @param sigma standard deviation of one value while nothing is wrong, in its unit, above 0; see [MovingRange]
/// @param target the mean while nothing is wrong
public record EwmaChart(double lambda, double width, double sigma, double target) {

    public EwmaChart {
        if (!(lambda > 0 && lambda <= 1) || !(width > 0) || !(sigma > 0) || !Double.isFinite(target)) {
            throw new IllegalArgumentException(
                    "no chart has λ " + lambda + ", L " + width + ", σ " + sigma + " and target " + target);
        }
    }

    /// @param average `z`, one a value
    /// @param upper limit of each
    /// @param lower limit of each
    /// @param alarms numbers of the values, from 1, whose average lies outside
    public record Averages(double[] average, double[] upper, double[] lower, int[] alarms) {}

    /// @param values in time order, all finite
    public Averages of(double... values) {
        double[] average = new double[values.length];
        double[] upper = new double[values.length];
        double[] lower = new double[values.length];
        double last = target;
        for (int i = 0; i < values.length; i++) {
            last = lambda * Values.finite(values[i], i) + (1 - lambda) * last;
            average[i] = last;
            upper[i] = target + reach(i + 1);
            lower[i] = target - reach(i + 1);
        }
        int[] alarms = IntStream.range(0, values.length)
                .filter(i -> average[i] > upper[i] || average[i] < lower[i])
                .map(i -> i + 1)
                .toArray();
        return new Averages(average, upper, lower, alarms);
    }

    /// How far the limits of the i-th average, from 1, lie from the target.
    private double reach(int i) {
        return width * sigma * Math.sqrt(lambda / (2 - lambda) * (1 - Math.pow(1 - lambda, 2.0 * i)));
    }
}
