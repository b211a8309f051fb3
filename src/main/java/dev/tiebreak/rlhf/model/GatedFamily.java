package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Llama and its kin: RMS norms, rotary positions, grouped-query attention, a gated feed-forward layer. Where a family
/// has biases or norms of its own, the text follows from the weights that are there.
public sealed interface GatedFamily extends Family permits Llama, Qwen2, Qwen3, Gemma2 {

    boolean queryKeyValueBias();

    boolean outputBias();

    boolean feedForwardBias();

    /// Whether each head's queries and keys are normed before they are turned.
    boolean headNorms();

    @Override
    default List<WeightShape> embeddings(ModelConfig config) {
        return List.of(WeightShape.of("model.embed_tokens.weight", config.vocabulary(), config.hidden()));
    }

    @Override
    default String layerPrefix() {
        return "model.layers.";
    }

    @Override
    default List<WeightShape> layer(ModelConfig config) {
        long h = config.hidden();
        long query = (long) config.heads() * config.headWidth();
        long keyValue = (long) config.keyValueHeads() * config.headWidth();
        var all = new ArrayList<WeightShape>();
        all.add(WeightShape.of("input_layernorm.weight", h));
        linear(all, "self_attn.q_proj", query, h, queryKeyValueBias());
        linear(all, "self_attn.k_proj", keyValue, h, queryKeyValueBias());
        linear(all, "self_attn.v_proj", keyValue, h, queryKeyValueBias());
        linear(all, "self_attn.o_proj", h, query, outputBias());
        if (headNorms()) {
            all.add(WeightShape.of("self_attn.q_norm.weight", config.headWidth()));
            all.add(WeightShape.of("self_attn.k_norm.weight", config.headWidth()));
        }
        all.add(WeightShape.of("post_attention_layernorm.weight", h));
        linear(all, "mlp.gate_proj", config.intermediate(), h, feedForwardBias());
        linear(all, "mlp.up_proj", config.intermediate(), h, feedForwardBias());
        linear(all, "mlp.down_proj", h, config.intermediate(), feedForwardBias());
        return all;
    }

    private static void linear(List<WeightShape> all, String module, long out, long in, boolean bias) {
        all.add(WeightShape.of(module + ".weight", out, in));
        if (bias) {
            all.add(WeightShape.of(module + ".bias", out));
        }
    }

    @Override
    default List<WeightShape> finalNorm(ModelConfig config) {
        return List.of(WeightShape.of("model.norm.weight", config.hidden()));
    }

    @Override
    default String embedText(WeightText weights, ModelConfig config, boolean halfPrecision) {
        return """
              def embed(self: __torch__.Ops, tokens: Tensor, positions: Tensor) -> Tensor:
                return self.half(torch.embedding(%s, tokens))
            """.formatted(weights.weight("model.embed_tokens.weight"));
    }

    @Override
    default String layerText(WeightText weights) {
        return queryKeyValueText(weights)
                + """
              def after(self: __torch__.Ops, x: Tensor, attended: Tensor, i: int) -> Tensor:
                y = x + %s
                h = %s
                gated = torch.silu(%s) * %s
                return y + %s
            """.formatted(
                                weights.linear("self_attn.o_proj", "attended"),
                                weights.norm("post_attention_layernorm", "y"),
                                weights.linear("mlp.gate_proj", "h"),
                                weights.linear("mlp.up_proj", "h"),
                                weights.linear("mlp.down_proj", "gated"));
    }

    /// The method `qkv`.
    default String queryKeyValueText(WeightText weights) {
        return """
              def qkv(self: __torch__.Ops, x: Tensor, turns: Tensor, i: int) -> Tuple[Tensor, Tensor, Tensor]:
                t = torch.size(x, 0)
                h = %s
                q = torch.view(%s, [t, <QUERY_HEADS>, <WIDTH>])
                k = torch.view(%s, [t, <KV_HEADS>, <WIDTH>])
                v = torch.view(%s, [t, <KV_HEADS>, <WIDTH>])
                return (self.rotate(%s, turns), self.rotate(%s, turns), v)
            """.formatted(
                        weights.norm("input_layernorm", "x"),
                        weights.linear("self_attn.q_proj", "h"),
                        weights.linear("self_attn.k_proj", "h"),
                        weights.linear("self_attn.v_proj", "h"),
                        weights.normIfAny("self_attn.q_norm", "q"),
                        weights.normIfAny("self_attn.k_norm", "k"));
    }

    /// Both norms keep their input, the normed and the weighted vector; attention its arguments and its result twice;
    /// the feed-forward layer both projections, the gate opened and their product.
    @Override
    default double keptPerToken(ModelConfig config) {
        double query = (double) config.heads() * config.headWidth();
        double keyValue = (double) config.keyValueHeads() * config.headWidth();
        double headNorms = headNorms() ? 2 * (query + keyValue) : 0;
        boolean repeated = config.keyValueHeads() < config.heads();
        double attention = 3 * query + 2 * keyValue + (repeated ? 3 * query : 0);
        return 6.0 * config.hidden() + attention + headNorms + 4.0 * config.intermediate();
    }

    @Override
    default void write(ModelConfig config, JsonObject json) {
        json.addProperty("hidden_size", config.hidden());
        json.addProperty("intermediate_size", config.intermediate());
        json.addProperty("num_hidden_layers", config.layers());
        json.addProperty("num_attention_heads", config.heads());
        json.addProperty("num_key_value_heads", config.keyValueHeads());
        json.addProperty("head_dim", config.headWidth());
        json.addProperty("max_position_embeddings", config.context());
        json.addProperty("hidden_act", "silu");
        json.addProperty("rms_norm_eps", config.normEpsilon());
        json.addProperty("attention_dropout", 0.0);
        RopeKeys.write(config.rotary().orElseThrow(), json);
    }
}
