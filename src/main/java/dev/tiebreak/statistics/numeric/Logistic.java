package dev.tiebreak.statistics.numeric;

/// The logistic function, without overflow at either end.
public final class Logistic {

    private Logistic() {}

    /// `1 / (1 + e^−x)`.
    public static double of(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// `log of(x)`, to full precision where `of(x)` is 0 or 1 already.
    public static double log(double x) {
        return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
    }
}
