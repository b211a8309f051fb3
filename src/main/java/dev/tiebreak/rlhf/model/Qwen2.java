package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;
import java.util.Optional;

/// Qwen 2 and 2.5: Llama with biases on queries, keys and values.
public record Qwen2() implements GatedFamily {

    static ModelConfig read(ConfigKeys keys, Head head) {
        keys.refuse("hidden_act", "silu");
        return keys.gated(head, new Qwen2(), window(keys), new ConfigKeys.Absent(32_768, false, 0));
    }

    static Optional<SlidingWindow> window(ConfigKeys keys) {
        int first = keys.number("max_window_layers", 28);
        return keys.flag("use_sliding_window", false) ? keys.window(layer -> layer >= first) : Optional.empty();
    }

    static void writeWindow(ModelConfig config, JsonObject json) {
        json.addProperty("use_sliding_window", config.window().isPresent());
        config.window().ifPresent(window -> window.write(config.layers(), json));
    }

    @Override
    public String modelType() {
        return "qwen2";
    }

    @Override
    public String architecture(Head head) {
        return "Qwen2" + head.suffix();
    }

    @Override
    public boolean queryKeyValueBias() {
        return true;
    }

    @Override
    public boolean outputBias() {
        return false;
    }

    @Override
    public boolean feedForwardBias() {
        return false;
    }

    @Override
    public boolean headNorms() {
        return false;
    }

    @Override
    public void write(ModelConfig config, JsonObject json) {
        GatedFamily.super.write(config, json);
        json.remove("head_dim"); // Qwen 2 has none: it is H / heads
        writeWindow(config, json);
    }
}
