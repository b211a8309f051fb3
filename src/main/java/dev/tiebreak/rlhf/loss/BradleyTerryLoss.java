package dev.tiebreak.rlhf.loss;

/// Reward-model loss under the Bradley–Terry model, `−log σ(s_chosen − s_rejected − margin)`.
///
/// Bradley and Terry 1952; the margin is Llama 2's (Touvron et al. 2023, eq. 2). With probability p that the chosen
/// completion is the better one (soft label, or 1 − ε under label smoothing) it is
/// `−[p·log σ(d) + (1 − p)·log σ(−d)]`. Centering adds `c·(s_chosen + s_rejected)²`, which takes away the one
/// freedom the pairs leave: a constant added to all scores (Eisenstein et al. 2023).
///
/// @param centering      c, 0 for none; 0.01 where it is wanted
/// @param labelSmoothing ε in [0, 0.5): the share of labels believed to be wrong
public record BradleyTerryLoss(double centering, double labelSmoothing) {

    public BradleyTerryLoss {
        if (!(centering >= 0)) {
            throw new IllegalArgumentException("center_rewards_coefficient must be 0 or above, is " + centering);
        }
        if (!(labelSmoothing >= 0 && labelSmoothing < 0.5)) {
            throw new IllegalArgumentException("label_smoothing must be in [0, 0.5), is " + labelSmoothing);
        }
    }

    /// @param chosen   scores `[B]`
    /// @param rejected scores `[B]`
    /// @param margins  by how much each chosen score must lead `[B]`; zeros where rows carry none
    public PairLosses of(double[] chosen, double[] rejected, double[] margins) {
        var certain = new double[chosen.length];
        java.util.Arrays.fill(certain, 1 - labelSmoothing);
        return withSoftLabels(chosen, rejected, margins, certain);
    }

    /// @param probabilities that the chosen completion is the better one `[B]`, ½ for a tie;
    ///                      they stand in place of label smoothing
    public PairLosses withSoftLabels(double[] chosen, double[] rejected, double[] margins, double[] probabilities) {
        var losses = new PairLosses(chosen.length);
        for (int i = 0; i < chosen.length; i++) {
            double lead = chosen[i] - rejected[i] - margins[i];
            double p = probabilities[i];
            double sum = chosen[i] + rejected[i];
            double value = -(p * Sigmoid.log(lead) + (1 - p) * Sigmoid.log(-lead)) + centering * sum * sum;
            double byLead = Sigmoid.of(lead) - p;
            double byEither = 2 * centering * sum;
            losses.set(i, value, byLead + byEither, byEither - byLead);
        }
        return losses;
    }
}
