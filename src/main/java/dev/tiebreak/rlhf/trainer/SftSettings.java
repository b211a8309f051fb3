package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.data.PackingStrategy;
import dev.tiebreak.rlhf.loss.TokenLoss;

/// What supervised fine-tuning takes.
///
/// @param loss            `loss_type`: what a learnt token costs
/// @param assistantOnly   `assistant_only_loss`: whether of conversations only what assistants say is learnt
/// @param packing         whether texts are put together into packs of `max_length` tokens; a batch counts packs then
/// @param packingStrategy `packing_strategy`: how
/// @param heldOutPacking  `eval_packing`: whether held-out texts are too
public record SftSettings(
        TokenLoss loss, boolean assistantOnly, boolean packing, PackingStrategy packingStrategy, boolean heldOutPacking)
        implements MethodSettings {
    /// TRL's old name of `nll`. Log-probabilities are always computed chunk by chunk here.
    private static final String CHUNKED_NLL = "chunked_nll";

    static SftSettings read(SettingsReader values) {
        boolean packing = values.truth("packing", false);
        return new SftSettings(
                loss(values.oneOf("loss_type", "nll", "nll", "dft", CHUNKED_NLL)),
                values.truth("assistant_only_loss", false),
                packing,
                PackingStrategy.named(values.oneOf("packing_strategy", "bfd", PackingStrategy.settings())),
                values.truth("eval_packing", packing));
    }

    private static TokenLoss loss(String name) {
        return name.equals(CHUNKED_NLL) ? TokenLoss.NLL : TokenLoss.named(name);
    }

    @Override
    public void into(JsonObject json) {
        json.addProperty("loss_type", loss.setting());
        json.addProperty("assistant_only_loss", assistantOnly);
        json.addProperty("packing", packing);
        json.addProperty("packing_strategy", packingStrategy.setting());
        json.addProperty("eval_packing", heldOutPacking);
    }
}
