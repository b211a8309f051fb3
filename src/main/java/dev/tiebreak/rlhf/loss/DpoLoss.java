package dev.tiebreak.rlhf.loss;

import java.util.List;
import java.util.Set;

/// One of the direct preference losses: a function of the policy's and the reference's log-probabilities.
public sealed interface DpoLoss permits MarginLoss, IpoLoss, SeparateLoss, ApoDownLoss, AotLoss {
    /// Names that [#named] knows: TRL's `loss_type`, and `ipo_sum`, which sums where TRL's `ipo` averages.
    List<String> NAMES = List.of(
            "sigmoid",
            "hinge",
            "ipo",
            "ipo_sum",
            "sigmoid_norm",
            "robust",
            "exo_pair",
            "nca_pair",
            "bco_pair",
            "sppo_hard",
            "apo_zero",
            "apo_down",
            "discopop",
            "aot",
            "aot_unpaired");

    /// Those that compare f-divergence scores and know annotated margins; the others are defined on log-ratios alone.
    Set<String> ON_SCORES =
            Set.of("sigmoid", "hinge", "ipo", "ipo_sum", "sigmoid_norm", "robust", "exo_pair", "discopop");

    /// Losses and their derivatives with respect to the policy's summed log-probabilities.
    PairLosses of(PairLogProbs pairs);

    /// Several losses at once, such as MPO's (Wang et al. 2024): the sum of each one's values times its weight.
    static PairLosses weightedSum(List<DpoLoss> losses, List<Double> weights, PairLogProbs pairs) {
        PairLosses sum = new PairLosses(pairs.pairs());
        for (int i = 0; i < losses.size(); i++) {
            sum.add(losses.get(i).of(pairs), weights.get(i));
        }
        return sum;
    }

    /// What the losses take.
    ///
    /// @param beta           pull towards the reference, above 0; 0.1 is a common start
    /// @param labelSmoothing share of labels believed to be wrong, in [0, 0.5)
    /// @param divergence     what pulls
    /// @param discopopTau    temperature of `discopop`
    /// @param offset         α of ODPO: lead asked for per unit of annotated margin; 0 for none
    record Parameters(double beta, double labelSmoothing, Divergence divergence, double discopopTau, double offset) {
        public Parameters {
            if (!(beta > 0 && Double.isFinite(beta))) {
                throw new IllegalArgumentException("beta must be above 0, is " + beta);
            }
            if (!(labelSmoothing >= 0 && labelSmoothing < 0.5)) {
                throw new IllegalArgumentException("label_smoothing must be in [0, 0.5), is " + labelSmoothing);
            }
        }

        /// Everything else as the methods' authors have it.
        public static Parameters of(double beta, double labelSmoothing) {
            return new Parameters(beta, labelSmoothing, new Divergence.ReverseKl(), 0.05, 0);
        }
    }

    /// @throws IllegalArgumentException when the name is unknown, or the loss cannot be had with these parameters
    static DpoLoss named(String lossType, Parameters with) {
        refuse(lossType, with);
        double beta = with.beta;
        double smoothing = with.labelSmoothing;
        return switch (lossType) {
            case "sigmoid" -> margin(new MarginCurve.Logistic(smoothing), with, false);
            case "sigmoid_norm" -> margin(new MarginCurve.Logistic(smoothing), with, true);
            case "robust" -> margin(new MarginCurve.Robust(smoothing), with, false);
            case "hinge" -> margin(new MarginCurve.Hinge(), with, false);
            case "exo_pair" -> margin(new MarginCurve.Exo(smoothing), with, false);
            case "discopop" -> margin(new MarginCurve.DiscoPop(with.discopopTau), with, false);
            case "ipo" -> new IpoLoss(beta, with.divergence, true);
            case "ipo_sum" -> new IpoLoss(beta, with.divergence, false);
            case "nca_pair" -> new SeparateLoss(SeparateLoss.Kind.NCA, beta);
            case "bco_pair" -> new SeparateLoss(SeparateLoss.Kind.BCO, beta);
            case "sppo_hard" -> new SeparateLoss(SeparateLoss.Kind.SPPO, beta);
            case "apo_zero" -> new SeparateLoss(SeparateLoss.Kind.APO_ZERO, beta);
            case "apo_down" -> new ApoDownLoss(beta);
            case "aot" -> new AotLoss(new MarginCurve.Logistic(smoothing), beta, true);
            case "aot_unpaired" -> new AotLoss(new MarginCurve.Logistic(smoothing), beta, false);
            default ->
                throw new IllegalArgumentException(
                        "loss_type '" + lossType + "' is unknown; known are " + String.join(", ", NAMES));
        };
    }

    private static MarginLoss margin(MarginCurve curve, Parameters with, boolean perToken) {
        return new MarginLoss(curve, with.beta, with.divergence, perToken, with.offset);
    }

    private static void refuse(String lossType, Parameters with) {
        if (!NAMES.contains(lossType) || ON_SCORES.contains(lossType)) {
            if (lossType.equals("exo_pair") && with.labelSmoothing == 0) {
                throw new IllegalArgumentException("loss_type exo_pair needs label_smoothing above 0; 0.001 is usual");
            }
            if (lossType.startsWith("ipo") && with.offset != 0) {
                throw new IllegalArgumentException("odpo_alpha has no meaning for loss_type " + lossType);
            }
            return;
        }
        if (!(with.divergence instanceof Divergence.ReverseKl)) {
            throw new IllegalArgumentException(
                    "loss_type " + lossType + " is defined for f_divergence_type reverse_kl only");
        }
        if (with.offset != 0) {
            throw new IllegalArgumentException("odpo_alpha has no meaning for loss_type " + lossType);
        }
    }
}
