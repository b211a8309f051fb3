package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.loss.CpoLoss;
import java.util.Locale;

/// What CPO and SimPO take.
///
/// @param lossType       `sigmoid`, `hinge`, `ipo` or `simpo`
/// @param beta           scale of the comparison
/// @param labelSmoothing share of labels believed to be wrong
/// @param cpoAlpha       weight of the chosen tokens' mean negative log-probability
/// @param gamma          `simpo_gamma`: lead asked for
/// @param alpha          AlphaPO's bend; 0 for none
public record CpoSettings(
        String lossType, double beta, double labelSmoothing, double cpoAlpha, double gamma, double alpha)
        implements MethodSettings {
    static CpoSettings readCpo(SettingsReader values) {
        return read(values, "sigmoid", 0.1, 1, 0.5);
    }

    /// β 2 and γ/β ½ are the paper's; TRL's own defaults (0.1 and 0.5) ask for a lead of 5 nats a token.
    static CpoSettings readSimpo(SettingsReader values) {
        return read(values, "simpo", 2, 0, 1);
    }

    private static CpoSettings read(
            SettingsReader values, String lossType, double beta, double cpoAlpha, double gamma) {
        return new CpoSettings(
                values.oneOf("loss_type", lossType, "sigmoid", "hinge", "ipo", "simpo"),
                values.real("beta", beta, 1e-12, 1e6),
                values.real("label_smoothing", 0, 0, 0.499999),
                values.real("cpo_alpha", cpoAlpha, 0, 1e6),
                values.real("simpo_gamma", gamma, 0, 1e6),
                values.real("alpha", 0, -100, 100));
    }

    CpoLoss loss() {
        return new CpoLoss(CpoLoss.Kind.valueOf(lossType.toUpperCase(Locale.ROOT)), beta, labelSmoothing, gamma, alpha);
    }

    @Override
    public void into(JsonObject json) {
        json.addProperty("loss_type", lossType);
        json.addProperty("beta", beta);
        json.addProperty("label_smoothing", labelSmoothing);
        json.addProperty("cpo_alpha", cpoAlpha);
        json.addProperty("simpo_gamma", gamma);
        json.addProperty("alpha", alpha);
    }
}
