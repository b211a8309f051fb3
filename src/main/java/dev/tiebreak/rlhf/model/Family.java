package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.OptionalDouble;

/// What sets one family of decoders apart: its names, its weights, the text of its layers, its own keys of
/// `config.json`. What all families share lies in [DecoderProgram] and [ModelConfigFile].
public sealed interface Family permits GatedFamily, Gpt2 {
    /// `model_type` of `config.json`.
    String modelType();

    /// The name `config.json` gives a model under `architectures`.
    String architecture(Head head);

    /// Whether linear weights lie as `[in, out]`.
    default boolean storesTransposed() {
        return false;
    }

    /// Whether norms multiply by 1 and the weight.
    default boolean storesNormsLessOne() {
        return false;
    }

    /// What older files call a weight.
    default String olderName(String name) {
        return name;
    }

    /// The token embedding comes first.
    List<WeightShape> embeddings(ModelConfig config);

    /// What stands before a layer's number.
    String layerPrefix();

    /// One decoder layer's weights, by their names without prefix and number.
    List<WeightShape> layer(ModelConfig config);

    /// The norm after the last layer.
    List<WeightShape> finalNorm(ModelConfig config);

    /// The method `embed(tokens, positions)`, which gives the trunk's input `[T, H]`.
    String embedText(WeightText weights, ModelConfig config, boolean halfPrecision);

    /// The methods `qkv(x, turns, i)`, which gives queries, keys and values `[T, heads, width]`, and
    /// `after(x, attended, i)`, which gives the layer's output. `i` is where the layer's weights begin.
    String layerText(WeightText weights);

    /// Numbers that the way back needs of one token in one layer, but for scores of attention.
    double keptPerToken(ModelConfig config);

    /// What the scores of attention are multiplied by.
    default double attentionScale(ModelConfig config) {
        return 1 / Math.sqrt(config.headWidth());
    }

    /// The bound that attention's scores are bent towards.
    default OptionalDouble attentionCap() {
        return OptionalDouble.empty();
    }

    /// The bound that logits are bent towards.
    default OptionalDouble logitCap() {
        return OptionalDouble.empty();
    }

    /// Adds everything but the head and the special tokens to a new `config.json`.
    void write(ModelConfig config, JsonObject json);
}
