package dev.tiebreak.rlhf.loss;

/// Identity Preference Optimization, `(s_w/n_w − s_l/n_l − 1/(2β))²` with scores s averaged over their n tokens.
///
/// Azar et al. 2023, eq. 17. TRL averages per token, which the authors confirmed; others sum.
///
/// @param perToken whether scores are averaged, or summed
record IpoLoss(double beta, Divergence divergence, boolean perToken) implements DpoLoss {

    @Override
    public PairLosses of(PairLogProbs pairs) {
        PairLosses losses = new PairLosses(pairs.pairs());
        for (int i = 0; i < pairs.pairs(); i++) {
            double chosenShare = perToken ? 1.0 / pairs.chosenLengths()[i] : 1;
            double rejectedShare = perToken ? 1.0 / pairs.rejectedLengths()[i] : 1;
            double lead = chosenShare * divergence.score(pairs.chosenRatio(i))
                    - rejectedShare * divergence.score(pairs.rejectedRatio(i));
            double miss = lead - 1 / (2 * beta);
            losses.set(
                    i,
                    miss * miss,
                    2 * miss * chosenShare * divergence.slope(pairs.chosenRatio(i)),
                    -2 * miss * rejectedShare * divergence.slope(pairs.rejectedRatio(i)));
        }
        return losses;
    }
}
