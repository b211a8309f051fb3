package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;

/// Qwen 3: Llama with norms on each head's queries and keys, and a head width of its own.
public record Qwen3(boolean attentionBias) implements GatedFamily {
    public static final Qwen3 PLAIN = new Qwen3(false);

    static ModelConfig read(ConfigKeys keys, Head head) {
        keys.refuse("hidden_act", "silu");
        Qwen3 family = new Qwen3(keys.flag("attention_bias", false));
        return keys.gated(head, family, Qwen2.window(keys), new ConfigKeys.Absent(32_768, false, 128));
    }

    @Override
    public String modelType() {
        return "qwen3";
    }

    @Override
    public String architecture(Head head) {
        return "Qwen3" + head.suffix();
    }

    @Override
    public boolean queryKeyValueBias() {
        return attentionBias;
    }

    @Override
    public boolean outputBias() {
        return attentionBias;
    }

    @Override
    public boolean feedForwardBias() {
        return false;
    }

    @Override
    public boolean headNorms() {
        return true;
    }

    @Override
    public void write(ModelConfig config, JsonObject json) {
        GatedFamily.super.write(config, json);
        json.addProperty("attention_bias", attentionBias);
        Qwen2.writeWindow(config, json);
    }
}
