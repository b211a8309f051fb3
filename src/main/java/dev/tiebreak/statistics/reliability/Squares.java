package dev.tiebreak.statistics.reliability;

import java.util.Optional;

/// Sums of squared residuals for infit and outfit.
final class Squares {
    /// Of a probability, to rounding; 0 would give a surprise without end.
    private static final double LEAST = 0x1p-53;

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
            double q = 1 - p;
            ratio += posterior[node]
                    * (response == 1 ? q / Math.max(p, LEAST) : p / Math.max(q, LEAST)); // (x − p)² / (p q)
        }
        responses += times;
        residuals += times * residual;
        information += times * expected;
        excess += times * (residual - expected) * (residual - expected);
        standardised += times * ratio;
        standardisedSquares += times * ratio * ratio;
    }

    /// Empty where the model leaves nothing to chance, so that no residual can be weighed.
    Optional<RaschFit.MeanSquares> meanSquares() {
        if (!(information > 0)) {
            return Optional.empty();
        }
        double outfit = standardised / responses;
        double spread = Math.max(0, standardisedSquares / responses - outfit * outfit);
        return Optional.of(new RaschFit.MeanSquares(
                residuals / information,
                outfit,
                excess == 0 ? 0 : (residuals - information) / Math.sqrt(excess),
                spread == 0 ? 0 : (outfit - 1) / Math.sqrt(spread / responses)));
    }
}
