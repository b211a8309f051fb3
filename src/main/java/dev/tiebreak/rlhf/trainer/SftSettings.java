package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;

/// Supervised fine-tuning has no settings of its own.
public record SftSettings() implements MethodSettings {
    @Override
    public void into(JsonObject json) {}
}
