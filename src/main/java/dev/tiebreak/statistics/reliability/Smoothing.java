package dev.tiebreak.statistics.reliability;

/// Shares from counts, each with the same pseudo-count: the mode under a Dirichlet prior of 1 + pseudo-count.
final class Smoothing {

    private Smoothing() {}

    /// Writes `(count + s) / Σ (count + s)`; equal shares of nothing.
    static void shares(double[] counts, double pseudoCount, double[] into) {
        double sum = 0;
        for (double count : counts) {
            sum += count + pseudoCount;
        }
        for (int i = 0; i < into.length; i++) {
            into[i] = sum == 0 ? 1.0 / into.length : (counts[i] + pseudoCount) / sum;
        }
    }

    /// `s Σ log p`; 0 without smoothing, where a probability may be 0.
    static double logPrior(double[] probabilities, double pseudoCount) {
        if (pseudoCount == 0) {
            return 0;
        }
        double sum = 0;
        for (double probability : probabilities) {
            sum += Math.log(probability);
        }
        return pseudoCount * sum;
    }
}
