package dev.tiebreak.rlhf.loss;

/// Preference losses without a reference model, on log-probabilities of the policy alone.
///
/// Contrastive preference optimization (Xu et al. 2024) compares summed log-probabilities,
/// `−log σ(β(S_w − S_l))`; SimPO (Meng et al. 2024) averages them over tokens and asks for a lead of γ,
/// `−log σ(β(A_w − A_l) − γ)`; AlphaPO (Gupta et al. 2025) bends either by r = (1 − e^(−αL))/α. All as TRL's
/// `CPOTrainer` computes them.
///
/// @param kind           what is compared
/// @param beta           scale of the comparison, above 0
/// @param labelSmoothing share of labels believed to be wrong, for [Kind#SIGMOID] and [Kind#SIMPO]
/// @param gamma          lead that SimPO asks for
/// @param alpha          AlphaPO's bend; 0 for none
public record CpoLoss(Kind kind, double beta, double labelSmoothing, double gamma, double alpha) {
    public enum Kind {
        /// The logistic curve over sums.
        SIGMOID,
        /// `max(0, 1 − x)` over sums.
        HINGE,
        /// `(A_w − A_l − 1/(2β))²` over means.
        IPO,
        /// The logistic curve over means, less γ.
        SIMPO;

        /// Whether log-probabilities are averaged over their completion's tokens.
        public boolean averages() {
            return this == IPO || this == SIMPO;
        }
    }

    public PairLosses of(PairLogProbs pairs) {
        PairLosses losses = new PairLosses(pairs.pairs());
        for (int i = 0; i < pairs.pairs(); i++) {
            double lead = chosenReward(pairs, i) - rejectedReward(pairs, i);
            double slope = slope(lead);
            double chosenShare = kind.averages() ? 1.0 / pairs.chosenLengths()[i] : 1;
            double rejectedShare = kind.averages() ? 1.0 / pairs.rejectedLengths()[i] : 1;
            losses.set(
                    i,
                    value(lead),
                    slope * beta * chosenShare * bendSlope(chosenLevel(pairs, i)),
                    -slope * beta * rejectedShare * bendSlope(rejectedLevel(pairs, i)));
        }
        return losses;
    }

    /// β times what the loss compares.
    public double chosenReward(PairLogProbs pairs, int pair) {
        return beta * bend(chosenLevel(pairs, pair));
    }

    public double rejectedReward(PairLogProbs pairs, int pair) {
        return beta * bend(rejectedLevel(pairs, pair));
    }

    private double chosenLevel(PairLogProbs pairs, int pair) {
        return kind.averages() ? pairs.chosenMean(pair) : pairs.chosen()[pair];
    }

    private double rejectedLevel(PairLogProbs pairs, int pair) {
        return kind.averages() ? pairs.rejectedMean(pair) : pairs.rejected()[pair];
    }

    private double bend(double level) {
        return alpha == 0 ? level : -Math.expm1(-alpha * level) / alpha;
    }

    private double bendSlope(double level) {
        return alpha == 0 ? 1 : Math.exp(-alpha * level);
    }

    private double value(double lead) {
        return switch (kind) {
            case SIGMOID -> logistic().value(lead);
            case SIMPO -> logistic().value(lead - gamma);
            case HINGE -> new MarginCurve.Hinge().value(lead);
            case IPO -> Math.pow((lead - 0.5) / beta, 2);
        };
    }

    private double slope(double lead) {
        return switch (kind) {
            case SIGMOID -> logistic().slope(lead);
            case SIMPO -> logistic().slope(lead - gamma);
            case HINGE -> new MarginCurve.Hinge().slope(lead);
            case IPO -> 2 * (lead - 0.5) / (beta * beta);
        };
    }

    private MarginCurve logistic() {
        return new MarginCurve.Logistic(labelSmoothing);
    }
}
