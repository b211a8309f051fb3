package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;
import java.util.Optional;

/// Llama 1 to 3.x.
public record Llama(boolean attentionBias, boolean feedForwardBias) implements GatedFamily {
    public static final Llama PLAIN = new Llama(false, false);

    static ModelConfig read(ConfigKeys keys, Head head) {
        keys.refuse("hidden_act", "silu");
        Llama family = new Llama(keys.flag("attention_bias", false), keys.flag("mlp_bias", false));
        return keys.gated(head, family, Optional.empty(), new ConfigKeys.Absent(2048, false, 0));
    }

    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public String architecture(Head head) {
        return "Llama" + head.suffix();
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
    public boolean headNorms() {
        return false;
    }

    @Override
    public void write(ModelConfig config, JsonObject json) {
        GatedFamily.super.write(config, json);
        json.addProperty("attention_bias", attentionBias);
        json.addProperty("mlp_bias", feedForwardBias);
    }
}
