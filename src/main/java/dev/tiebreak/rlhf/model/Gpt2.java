package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/// GPT-2: learnt positions, layer norms, queries, keys and values in one projection, weights as `[in, out]`.
public record Gpt2() implements Family {
    private static final String PREFIX = "transformer.";

    static ModelConfig read(ConfigKeys keys, Head head) {
        keys.refuse("activation_function", "gelu_new");
        keys.refuse("scale_attn_weights", "true");
        keys.refuse("scale_attn_by_inverse_layer_idx", "false");
        keys.refuse("add_cross_attention", "false");
        int hidden = keys.number("n_embd", 768);
        int heads = keys.number("n_head", 12);
        if (heads == 0 || hidden % heads != 0) {
            throw keys.wrong("n_embd", "is " + hidden + ", which is no multiple of n_head " + heads);
        }
        return keys.config(() -> new ModelConfig(
                head,
                new Gpt2(),
                keys.number("vocab_size", 50_257),
                hidden,
                keys.number("n_inner", 4 * hidden),
                keys.number("n_layer", 12),
                heads,
                heads,
                hidden / heads,
                keys.number("n_positions", 1024),
                keys.real("layer_norm_epsilon", 1e-5),
                Optional.empty(),
                Optional.empty(),
                keys.flag("tie_word_embeddings", true),
                keys.real("initializer_range", 0.02),
                keys.firstId("bos_token_id"),
                keys.ids("eos_token_id"),
                keys.firstId("pad_token_id")));
    }

    @Override
    public String modelType() {
        return "gpt2";
    }

    @Override
    public String architecture(Head head) {
        return head == Head.LANGUAGE ? "GPT2LMHeadModel" : "GPT2" + head.suffix();
    }

    @Override
    public boolean storesTransposed() {
        return true;
    }

    @Override
    public String olderName(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    @Override
    public List<WeightShape> embeddings(ModelConfig config) {
        return List.of(
                WeightShape.of("transformer.wte.weight", config.vocabulary(), config.hidden()),
                WeightShape.of("transformer.wpe.weight", config.context(), config.hidden()));
    }

    @Override
    public String layerPrefix() {
        return "transformer.h.";
    }

    @Override
    public List<WeightShape> layer(ModelConfig config) {
        long h = config.hidden();
        long inner = config.intermediate();
        return List.of(
                WeightShape.of("ln_1.weight", h),
                WeightShape.of("ln_1.bias", h),
                WeightShape.of("attn.c_attn.weight", h, 3 * h),
                WeightShape.of("attn.c_attn.bias", 3 * h),
                WeightShape.of("attn.c_proj.weight", h, h),
                WeightShape.of("attn.c_proj.bias", h),
                WeightShape.of("ln_2.weight", h),
                WeightShape.of("ln_2.bias", h),
                WeightShape.of("mlp.c_fc.weight", h, inner),
                WeightShape.of("mlp.c_fc.bias", inner),
                WeightShape.of("mlp.c_proj.weight", inner, h),
                WeightShape.of("mlp.c_proj.bias", h));
    }

    @Override
    public List<WeightShape> finalNorm(ModelConfig config) {
        return List.of(
                WeightShape.of("transformer.ln_f.weight", config.hidden()),
                WeightShape.of("transformer.ln_f.bias", config.hidden()));
    }

    @Override
    public String embedText(WeightText weights, ModelConfig config, boolean halfPrecision) {
        return """
              def embed(self: __torch__.Ops, tokens: Tensor, positions: Tensor) -> Tensor:
                return self.half(torch.embedding(%s, tokens) + torch.embedding(%s, positions))
            """.formatted(weights.weight("transformer.wte.weight"), weights.weight("transformer.wpe.weight"));
    }

    @Override
    public String layerText(WeightText weights) {
        return """
              def qkv(self: __torch__.Ops, x: Tensor, turns: Tensor, i: int) -> Tuple[Tensor, Tensor, Tensor]:
                h = %s
                all = torch.view(%s, [torch.size(x, 0), 3, <QUERY_HEADS>, <WIDTH>])
                return (torch.select(all, 1, 0), torch.select(all, 1, 1), torch.select(all, 1, 2))
              def after(self: __torch__.Ops, x: Tensor, attended: Tensor, i: int) -> Tensor:
                y = x + %s
                h = %s
                inner = torch.gelu(%s, approximate="tanh")
                return y + %s
            """.formatted(
                        weights.norm("ln_1", "x"),
                        weights.linear("attn.c_attn", "h"),
                        weights.linear("attn.c_proj", "attended"),
                        weights.norm("ln_2", "y"),
                        weights.linear("mlp.c_fc", "h"),
                        weights.linear("mlp.c_proj", "inner"));
    }

    /// A layer norm keeps its input alone, and what follows it its result.
    @Override
    public double keptPerToken(ModelConfig config) {
        return 9.0 * config.hidden() + 2.0 * config.intermediate();
    }

    @Override
    public void write(ModelConfig config, JsonObject json) {
        json.addProperty("n_embd", config.hidden());
        json.addProperty("n_inner", config.intermediate());
        json.addProperty("n_layer", config.layers());
        json.addProperty("n_head", config.heads());
        json.addProperty("n_positions", config.context());
        json.addProperty("activation_function", "gelu_new");
        json.addProperty("layer_norm_epsilon", config.normEpsilon());
        for (String dropout : List.of("resid_pdrop", "embd_pdrop", "attn_pdrop")) {
            json.addProperty(dropout, 0.0);
        }
    }
}
