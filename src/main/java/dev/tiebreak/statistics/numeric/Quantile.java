package dev.tiebreak.statistics.numeric;

/// Quantiles of a sample.
public final class Quantile {

    private Quantile() {}

    /// Linear between order statistics (Hyndman & Fan 1996, type 7).
    ///
    /// @param ascending at least one value
    /// @param share between 0 and 1
    public static double of(double[] ascending, double share) {
        double position = share * (ascending.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, ascending.length - 1);
        return ascending[below] + (position - below) * (ascending[above] - ascending[below]);
    }
}
