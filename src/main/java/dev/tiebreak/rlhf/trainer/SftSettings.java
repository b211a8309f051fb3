package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;

/// What supervised fine-tuning takes.
///
/// @param assistantOnly `assistant_only_loss`: whether of conversations only what assistants say is learnt
public record SftSettings(boolean assistantOnly) implements MethodSettings {
    static SftSettings read(SettingsReader values) {
        return new SftSettings(values.truth("assistant_only_loss", false));
    }

    @Override
    public void into(JsonObject json) {
        json.addProperty("assistant_only_loss", assistantOnly);
    }
}
