package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a reward model's loss takes.
///
/// @param lossType       what it learns from
/// @param centering      weight of (s_chosen + s_rejected)²
/// @param labelSmoothing share of labels believed to be wrong
/// @param useMargin      whether the rows' `margin` is subtracted from the score difference
/// @param useSoftLabels  whether the rows' `soft_label` stands in place of certainty
public record RewardSettings(
        LossType lossType, double centering, double labelSmoothing, boolean useMargin, boolean useSoftLabels)
        implements MethodSettings {
    /// What a reward model can learn from.
    public enum LossType {
        /// Preference rows.
        BRADLEY_TERRY,
        /// Ranked rows, as all their ordered pairs; a prompt is one element of the batch.
        K_WISE,
        /// Ranked rows without ties, as draws one after the other.
        PLACKETT_LUCE,
        /// Rated rows: the squared distance of score and rating.
        REGRESSION;

        /// Its name in `loss_type`.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What `loss_type` may be.
    public static final List<String> LOSS_TYPES =
            Arrays.stream(LossType.values()).map(LossType::text).toList();

    static RewardSettings read(SettingsReader values) {
        return new RewardSettings(
                LossType.valueOf(values.oneOf("loss_type", "bradley_terry", LOSS_TYPES.toArray(String[]::new))
                        .toUpperCase(Locale.ROOT)),
                values.real("center_rewards_coefficient", 0, 0, 1e6),
                values.real("label_smoothing", 0, 0, 0.499999),
                values.truth("use_margin", true),
                values.truth("use_soft_labels", false));
    }

    @Override
    public void into(JsonObject json) {
        json.addProperty("loss_type", lossType.text());
        json.addProperty("center_rewards_coefficient", centering);
        json.addProperty("label_smoothing", labelSmoothing);
        json.addProperty("use_margin", useMargin);
        json.addProperty("use_soft_labels", useSoftLabels);
    }
}
