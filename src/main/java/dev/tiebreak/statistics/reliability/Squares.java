package dev.tiebreak.statistics.reliability;

/// Sums of squared residuals for infit and outfit.
final class Squares {
    private double responses;
    private double residuals;
    private double information;
    private double excess;
    private double standardised;
    private double standardisedSquares;

    /// Residuals of equal responses, averaged over a posterior of θ.
    ///
    /// @param times how many
    /// @param right probability at each node
    void add(double times, int response, double[] right, double[] posterior) {
        double residual = 0;
        double expected = 0;
        double ratio = 0;
        for (int node = 0; node < right.length; node++) {
            double p = right[node];
            double distance = response - p;
            residual += posterior[node] * distance * distance;
            expected += posterior[node] * p * (1 - p);
            ratio += posterior[node] * (response == 1 ? (1 - p) / p : p / (1 - p)); // (x − p)² / (p (1 − p))
        }
        responses += times;
        residuals += times * residual;
        information += times * expected;
        excess += times * (residual - expected) * (residual - expected);
        standardised += times * ratio;
        standardisedSquares += times * ratio * ratio;
    }

    RaschFit.MeanSquares meanSquares() {
        double outfit = standardised / responses;
        double spread = Math.max(0, standardisedSquares / responses - outfit * outfit);
        return new RaschFit.MeanSquares(
                residuals / information,
                outfit,
                excess == 0 ? 0 : (residuals - information) / Math.sqrt(excess),
                spread == 0 ? 0 : (outfit - 1) / Math.sqrt(spread / responses));
    }
}
