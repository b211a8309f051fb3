package dev.tiebreak.rlhf.loss;

/// Identity Preference Optimization, `(r_w/n_w − r_l/n_l − 1/(2β))²` with log-ratios r averaged over their n tokens.
///
/// Azar et al. 2023, eq. 17. TRL averages per token, which its authors confirmed; so do we.
record IpoLoss(double beta) implements DpoLoss {

    @Override
    public PairLosses of(PairLogProbs pairs) {
        var losses = new PairLosses(pairs.pairs());
        for (int i = 0; i < pairs.pairs(); i++) {
            int chosenTokens = pairs.chosenLengths()[i];
            int rejectedTokens = pairs.rejectedLengths()[i];
            double lead = pairs.chosenRatio(i) / chosenTokens - pairs.rejectedRatio(i) / rejectedTokens;
            double miss = lead - 1 / (2 * beta);
            losses.set(i, miss * miss, 2 * miss / chosenTokens, -2 * miss / rejectedTokens);
        }
        return losses;
    }
}
