package dev.tiebreak.rlhf.loss;

/// Anchored preference optimization for chosen completions worse than what the model writes,
/// `σ(u) + 1 − σ(u − v)` with u, v = β·log π/π_ref: both down, the rejected one more.
///
/// D'Oosterlinck et al. 2024, eq. 8.
record ApoDownLoss(double beta) implements DpoLoss {

    @Override
    public PairLosses of(PairLogProbs pairs) {
        PairLosses losses = new PairLosses(pairs.pairs());
        for (int i = 0; i < pairs.pairs(); i++) {
            double u = beta * pairs.chosenRatio(i);
            double x = u - beta * pairs.rejectedRatio(i);
            double byLead = beta * Sigmoid.of(x) * Sigmoid.of(-x);
            losses.set(i, Sigmoid.of(u) + Sigmoid.of(-x), beta * Sigmoid.of(u) * Sigmoid.of(-u) - byLead, byLead);
        }
        return losses;
    }
}
