package dev.tiebreak.rlhf.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.checkpoint.FloatFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// Gemma 2: norms before and after attention and feed-forward layer, widened embeddings, scores and logits bent towards
/// a bound, a sliding window in every other layer.
///
/// @param queryScale   scores are divided by its root
/// @param attentionCap the bound of attention's scores
/// @param logitCap     the bound of logits
public record Gemma2(boolean attentionBias, int queryScale, OptionalDouble attentionCap, OptionalDouble logitCap)
        implements GatedFamily {
    public static final Gemma2 PLAIN = new Gemma2(false, 256, OptionalDouble.of(50), OptionalDouble.of(30));

    static ModelConfig read(ConfigKeys keys, Head head) {
        // older files name gelu under hidden_act, which transformers does not look at
        keys.refuse("hidden_activation", "gelu_pytorch_tanh");
        keys.refuse("use_bidirectional_attention", "false");
        int queryScale = keys.number("query_pre_attn_scalar", 256);
        if (queryScale == 0) {
            throw keys.wrong("query_pre_attn_scalar", "must be above 0, is 0");
        }
        Gemma2 family = new Gemma2(
                keys.flag("attention_bias", false),
                queryScale,
                cap(keys, "attn_logit_softcapping", 50),
                cap(keys, "final_logit_softcapping", 30));
        boolean windowed = !keys.json().has("sliding_window") || keys.has("sliding_window");
        return keys.gated(
                head,
                family,
                windowed ? keys.window(layer -> layer % 2 == 0) : Optional.empty(),
                new ConfigKeys.Absent(8192, true, 256));
    }

    /// A key that is there and null means no bound.
    private static OptionalDouble cap(ConfigKeys keys, String key, double absent) {
        boolean none = keys.json().has(key) && !keys.has(key);
        return none ? OptionalDouble.empty() : OptionalDouble.of(keys.real(key, absent));
    }

    @Override
    public String modelType() {
        return "gemma2";
    }

    @Override
    public String architecture(Head head) {
        return "Gemma2" + head.suffix();
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
        return false;
    }

    @Override
    public boolean storesNormsLessOne() {
        return true;
    }

    @Override
    public double attentionScale(ModelConfig config) {
        return 1 / Math.sqrt(queryScale);
    }

    @Override
    public List<WeightShape> layer(ModelConfig config) {
        var all = new ArrayList<>(GatedFamily.super.layer(config));
        all.add(WeightShape.of("pre_feedforward_layernorm.weight", config.hidden()));
        all.add(WeightShape.of("post_feedforward_layernorm.weight", config.hidden()));
        return all;
    }

    @Override
    public String embedText(WeightText weights, ModelConfig config, boolean halfPrecision) {
        float root = (float) Math.sqrt(config.hidden());
        float rounded = halfPrecision ? FloatFormat.bf16ToFloat(FloatFormat.floatToBf16(root)) : root;
        return """
              def embed(self: __torch__.Ops, tokens: Tensor, positions: Tensor) -> Tensor:
                return self.half(torch.embedding(%s, tokens)) * %s
            """.formatted(weights.weight("model.embed_tokens.weight"), (double) rounded);
    }

    @Override
    public String layerText(WeightText weights) {
        return queryKeyValueText(weights)
                + """
              def after(self: __torch__.Ops, x: Tensor, attended: Tensor, i: int) -> Tensor:
                o = %s
                y = x + %s
                h = %s
                gated = torch.gelu(%s, approximate="tanh") * %s
                d = %s
                return y + %s
            """.formatted(
                                weights.linear("self_attn.o_proj", "attended"),
                                weights.norm("post_attention_layernorm", "o"),
                                weights.norm("pre_feedforward_layernorm", "y"),
                                weights.linear("mlp.gate_proj", "h"),
                                weights.linear("mlp.up_proj", "h"),
                                weights.linear("mlp.down_proj", "gated"),
                                weights.norm("post_feedforward_layernorm", "d"));
    }

    @Override
    public double keptPerToken(ModelConfig config) {
        return GatedFamily.super.keptPerToken(config) + 4.0 * config.hidden(); // two more norms, which end in sums
    }

    @Override
    public void write(ModelConfig config, JsonObject json) {
        GatedFamily.super.write(config, json);
        json.remove("hidden_act");
        json.addProperty("hidden_activation", "gelu_pytorch_tanh");
        json.addProperty("attention_bias", attentionBias);
        json.addProperty("query_pre_attn_scalar", queryScale);
        json.add("attn_logit_softcapping", orNull(attentionCap));
        json.add("final_logit_softcapping", orNull(logitCap));
        // transformers binds every other layer where nothing is said
        config.window().orElse(new SlidingWindow(4096, Set.of())).write(config.layers(), json);
    }

    private static JsonElement orNull(OptionalDouble number) {
        return number.isPresent() ? new JsonPrimitive(number.getAsDouble()) : JsonNull.INSTANCE;
    }
}
