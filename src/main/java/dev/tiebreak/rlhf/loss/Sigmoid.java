package dev.tiebreak.rlhf.loss;

/// The logistic function and its logarithm, finite for every finite argument.
final class Sigmoid {
    private Sigmoid() {}

    static double of(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    /// log σ(x) = −softplus(−x)
    static double log(double x) {
        return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
    }
}
