package dev.tiebreak.rlhf.loss;

import java.util.List;

/// One of the direct preference losses: a function of the policy's and the reference's log-probabilities.
public sealed interface DpoLoss permits SigmoidDpoLoss, RobustDpoLoss, HingeDpoLoss, IpoLoss {
    /// Names that [#named] knows, as TRL writes them in `loss_type`.
    List<String> NAMES = List.of("sigmoid", "robust", "hinge", "ipo");

    /// Losses and their derivatives with respect to the policy's summed log-probabilities.
    PairLosses of(PairLogProbs pairs);

    /// @param beta           pull towards the reference, above 0; 0.1 is a common start
    /// @param labelSmoothing share of labels believed to be wrong; with `sigmoid` this is conservative DPO
    /// @throws IllegalArgumentException when the name is unknown or a number is out of range
    static DpoLoss named(String lossType, double beta, double labelSmoothing) {
        if (!(beta > 0 && Double.isFinite(beta))) {
            throw new IllegalArgumentException("beta must be above 0, is " + beta);
        }
        if (!(labelSmoothing >= 0 && labelSmoothing < 0.5)) {
            throw new IllegalArgumentException("label_smoothing must be in [0, 0.5), is " + labelSmoothing);
        }
        return switch (lossType) {
            case "sigmoid" -> new SigmoidDpoLoss(beta, labelSmoothing);
            case "robust" -> new RobustDpoLoss(beta, labelSmoothing);
            case "hinge" -> new HingeDpoLoss(beta);
            case "ipo" -> new IpoLoss(beta);
            default ->
                throw new IllegalArgumentException(
                        "loss_type '" + lossType + "' is unknown; known are " + String.join(", ", NAMES));
        };
    }
}
