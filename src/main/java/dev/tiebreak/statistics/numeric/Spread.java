package dev.tiebreak.statistics.numeric;

/// How far values lie apart.
public final class Spread {

    private Spread() {}

    /// Standard deviation of a sample, `n − 1` in the denominator; 0 for fewer than two values.
    public static double ofSample(double... values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    }
}
