package dev.tiebreak.rlhf.loss;

/// A curve over x = β·(score of chosen − score of rejected) − α·margin.
///
/// The offset α·margin asks for a wider lead where annotators saw one: ODPO, Amini et al. 2024, eq. 8.
///
/// @param perToken whether scores are averaged over their completion's tokens first
record MarginLoss(MarginCurve curve, double beta, Divergence divergence, boolean perToken, double offset)
        implements DpoLoss {

    @Override
    public PairLosses of(PairLogProbs pairs) {
        PairLosses losses = new PairLosses(pairs.pairs());
        for (int i = 0; i < pairs.pairs(); i++) {
            double chosenShare = perToken ? beta / pairs.chosenLengths()[i] : beta;
            double rejectedShare = perToken ? beta / pairs.rejectedLengths()[i] : beta;
            double x = chosenShare * divergence.score(pairs.chosenRatio(i))
                    - rejectedShare * divergence.score(pairs.rejectedRatio(i))
                    - offset * pairs.margins()[i];
            double slope = curve.slope(x);
            losses.set(
                    i,
                    curve.value(x),
                    slope * chosenShare * divergence.slope(pairs.chosenRatio(i)),
                    -slope * rejectedShare * divergence.slope(pairs.rejectedRatio(i)));
        }
        return losses;
    }
}
