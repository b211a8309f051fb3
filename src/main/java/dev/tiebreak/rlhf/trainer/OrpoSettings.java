package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;

/// What ORPO's loss takes.
///
/// @param beta weight of the odds ratio beside the negative log-probability (λ in the paper)
public record OrpoSettings(double beta) implements MethodSettings {
    static OrpoSettings read(SettingsReader values) {
        return new OrpoSettings(values.real("beta", 0.1, 0, 1e6));
    }

    @Override
    public void into(JsonObject json) {
        json.addProperty("beta", beta);
    }
}
