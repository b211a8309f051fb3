package dev.tiebreak.rlhf.loss;

/// Robust DPO, `[−(1 − ε)·log σ(x) + ε·log σ(−x)] / (1 − 2ε)`: unbiased when a share ε of labels is flipped.
///
/// Chowdhury et al. 2024, eq. 12; x = β·(log-ratio of chosen − log-ratio of rejected).
record RobustDpoLoss(double beta, double labelSmoothing) implements DpoLoss {

    @Override
    public PairLosses of(PairLogProbs pairs) {
        double scale = 1 / (1 - 2 * labelSmoothing);
        var losses = new PairLosses(pairs.pairs());
        for (int i = 0; i < pairs.pairs(); i++) {
            double x = beta * pairs.advantage(i);
            double value = scale * (-(1 - labelSmoothing) * Sigmoid.log(x) + labelSmoothing * Sigmoid.log(-x));
            double slope = beta * scale * (-(1 - labelSmoothing) * Sigmoid.of(-x) - labelSmoothing * Sigmoid.of(x));
            losses.set(i, value, slope, -slope);
        }
        return losses;
    }
}
