package dev.tiebreak.rlhf.loss;

/// Direct Preference Optimization, `−log σ(x)` with x = β·(log-ratio of chosen − log-ratio of rejected).
///
/// Rafailov et al. 2023, eq. 7. With label smoothing ε it is conservative DPO,
/// `−(1 − ε)·log σ(x) − ε·log σ(−x)`, which rests at x = logit(1 − ε) instead of widening for ever.
record SigmoidDpoLoss(double beta, double labelSmoothing) implements DpoLoss {

    @Override
    public PairLosses of(PairLogProbs pairs) {
        var losses = new PairLosses(pairs.pairs());
        for (int i = 0; i < pairs.pairs(); i++) {
            double x = beta * pairs.advantage(i);
            double value = -(1 - labelSmoothing) * Sigmoid.log(x) - labelSmoothing * Sigmoid.log(-x);
            double slope = beta * (labelSmoothing - Sigmoid.of(-x));
            losses.set(i, value, slope, -slope);
        }
        return losses;
    }
}
