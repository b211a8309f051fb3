package dev.tiebreak.rlhf.model;

import java.util.ArrayList;
import java.util.List;

/// A weight's Hugging Face name and shape.
public record WeightShape(String name, List<Long> shape) {
    /// Weights of one decoder layer, in the order the program text counts them.
    static final int PER_LAYER = 9;

    /// Every weight of a model, in the order [LlamaProgram] indexes them: embedding, layers, final norm, head.
    public static List<WeightShape> of(ModelConfig config) {
        long h = config.hidden();
        long i = config.intermediate();
        long query = (long) config.heads() * config.headWidth();
        long keyValue = (long) config.keyValueHeads() * config.headWidth();
        var all = new ArrayList<WeightShape>();
        all.add(weight("model.embed_tokens.weight", config.vocabulary(), h));
        for (int n = 0; n < config.layers(); n++) {
            String layer = "model.layers." + n + ".";
            all.add(weight(layer + "input_layernorm.weight", h));
            all.add(weight(layer + "self_attn.q_proj.weight", query, h));
            all.add(weight(layer + "self_attn.k_proj.weight", keyValue, h));
            all.add(weight(layer + "self_attn.v_proj.weight", keyValue, h));
            all.add(weight(layer + "self_attn.o_proj.weight", h, query));
            all.add(weight(layer + "post_attention_layernorm.weight", h));
            all.add(weight(layer + "mlp.gate_proj.weight", i, h));
            all.add(weight(layer + "mlp.up_proj.weight", i, h));
            all.add(weight(layer + "mlp.down_proj.weight", h, i));
        }
        all.add(weight("model.norm.weight", h));
        if (config.head() == Head.SCORE) {
            all.add(weight("score.weight", 1, h));
        } else if (!config.tied()) {
            all.add(weight("lm_head.weight", config.vocabulary(), h));
        }
        return List.copyOf(all);
    }

    private static WeightShape weight(String name, long... shape) {
        return new WeightShape(name, java.util.Arrays.stream(shape).boxed().toList());
    }

    public boolean isVector() {
        return shape.size() == 1;
    }

    public long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    public long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
