package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.loss.KtoLoss;

/// What KTO's loss takes.
///
/// @param lossType          `kto`, or `apo_zero_unpaired`, which takes the drift z to be 0
/// @param beta              pull towards the reference
/// @param desirableWeight   λ_D
/// @param undesirableWeight λ_U
public record KtoSettings(String lossType, double beta, double desirableWeight, double undesirableWeight)
        implements MethodSettings {
    static KtoSettings read(SettingsReader values) {
        return new KtoSettings(
                values.oneOf("loss_type", "kto", "kto", "apo_zero_unpaired"),
                values.real("beta", 0.1, 1e-12, 1e6),
                values.real("desirable_weight", 1, 0, 1e6),
                values.real("undesirable_weight", 1, 0, 1e6));
    }

    KtoLoss loss() {
        return new KtoLoss(beta, desirableWeight, undesirableWeight);
    }

    /// Whether the drift is estimated, on prompts with completions of other prompts.
    boolean estimatesDrift() {
        return lossType.equals("kto");
    }

    @Override
    public void into(JsonObject json) {
        json.addProperty("loss_type", lossType);
        json.addProperty("beta", beta);
        json.addProperty("desirable_weight", desirableWeight);
        json.addProperty("undesirable_weight", undesirableWeight);
    }
}
