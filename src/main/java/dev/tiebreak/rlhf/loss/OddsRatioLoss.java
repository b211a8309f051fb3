package dev.tiebreak.rlhf.loss;

/// The preference part of ORPO, `−β·log σ(LO)` with the log odds ratio LO of the completions' mean log-probabilities A,
/// `LO = (A_w − A_l) − [log(1 − e^A_w) − log(1 − e^A_l)]`. Hong et al. 2024, eq. 4 and 7.
public record OddsRatioLoss(double beta) {

    public PairLosses of(PairLogProbs pairs) {
        PairLosses losses = new PairLosses(pairs.pairs());
        for (int i = 0; i < pairs.pairs(); i++) {
            double odds = logOddsRatio(pairs, i);
            double slope = -beta * Sigmoid.of(-odds);
            losses.set(
                    i,
                    -beta * Sigmoid.log(odds),
                    slope * slope(pairs.chosenMean(i)) / pairs.chosenLengths()[i],
                    -slope * slope(pairs.rejectedMean(i)) / pairs.rejectedLengths()[i]);
        }
        return losses;
    }

    public double logOddsRatio(PairLogProbs pairs, int pair) {
        return logOdds(pairs.chosenMean(pair)) - logOdds(pairs.rejectedMean(pair));
    }

    /// log σ(LO), which TRL logs as `log_odds_ratio`.
    public double logSigmoid(PairLogProbs pairs, int pair) {
        return Sigmoid.log(logOddsRatio(pairs, pair));
    }

    private static double logOdds(double mean) {
        return mean - logOneMinusExp(mean);
    }

    /// Derivative of the log odds: 1 / (1 − e^A).
    private static double slope(double mean) {
        return -1 / Math.expm1(mean);
    }

    /// log(1 − eˣ) for x < 0, by whichever form keeps the digits.
    private static double logOneMinusExp(double x) {
        return x > -Math.log(2) ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
    }
}
