package dev.tiebreak.rlhf.loss;

/// Hinge loss on the DPO margin, `max(0, 1 − x)` with x = β·(log-ratio of chosen − log-ratio of rejected).
/// Zhao et al. 2023 (SLiC-HF), with the reference taken in as in DPO.
record HingeDpoLoss(double beta) implements DpoLoss {

    @Override
    public PairLosses of(PairLogProbs pairs) {
        var losses = new PairLosses(pairs.pairs());
        for (int i = 0; i < pairs.pairs(); i++) {
            double gap = 1 - beta * pairs.advantage(i);
            double slope = gap > 0 ? -beta : 0;
            losses.set(i, Math.max(0, gap), slope, -slope);
        }
        return losses;
    }
}
