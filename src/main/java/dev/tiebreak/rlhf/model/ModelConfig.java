package dev.tiebreak.rlhf.model;

import java.util.List;
import java.util.Optional;

/// The shape of a Llama-family model, as its `config.json` tells it. [ModelConfigFile] reads and writes that file.
///
/// @param head         what sits on the trunk
/// @param vocabulary   rows of the token embedding
/// @param hidden       width H of the trunk
/// @param intermediate width of the gated feed-forward layer
/// @param layers       number of decoder layers
/// @param heads        query heads
/// @param keyValueHeads key and value heads; fewer than `heads` in grouped-query attention
/// @param headWidth    width of one head
/// @param context      longest sequence in tokens
/// @param normEpsilon  added under the root of each RMS norm
/// @param ropeTheta    base of the rotary wavelengths
/// @param tied         whether the language head is the token embedding
/// @param initializerRange standard deviation of fresh weights
public record ModelConfig(
        Head head,
        int vocabulary,
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int keyValueHeads,
        int headWidth,
        int context,
        double normEpsilon,
        double ropeTheta,
        Optional<RopeScaling> ropeScaling,
        boolean tied,
        double initializerRange,
        Optional<Integer> bosId,
        List<Integer> eosIds,
        Optional<Integer> padId) {

    public ModelConfig {
        eosIds = List.copyOf(eosIds);
        positive("vocab_size", vocabulary);
        positive("hidden_size", hidden);
        positive("intermediate_size", intermediate);
        positive("num_hidden_layers", layers);
        positive("num_attention_heads", heads);
        positive("num_key_value_heads", keyValueHeads);
        positive("head_dim", headWidth);
        positive("max_position_embeddings", context);
        if (heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    "num_attention_heads " + heads + " is not a multiple of num_key_value_heads " + keyValueHeads);
        }
        if (headWidth % 2 != 0) {
            throw new IllegalArgumentException("head_dim " + headWidth + " is odd; rotary positions need pairs");
        }
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be above 0, is " + value);
        }
    }

    /// A small model with everything else as Llama has it.
    public static ModelConfig small(int vocabulary, int hidden, int layers, int heads, int keyValueHeads, int context) {
        return new ModelConfig(
                Head.LANGUAGE,
                vocabulary,
                hidden,
                (hidden * 8 / 3 + 15) / 16 * 16,
                layers,
                heads,
                keyValueHeads,
                hidden / heads,
                context,
                1e-5,
                10_000,
                Optional.empty(),
                true,
                0.02,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    public ModelConfig with(Head newHead) {
        return new ModelConfig(
                newHead,
                vocabulary,
                hidden,
                intermediate,
                layers,
                heads,
                keyValueHeads,
                headWidth,
                context,
                normEpsilon,
                ropeTheta,
                ropeScaling,
                tied,
                initializerRange,
                bosId,
                eosIds,
                padId);
    }

    public ModelConfig withTokens(Optional<Integer> bos, List<Integer> eos, Optional<Integer> pad) {
        return new ModelConfig(
                head,
                vocabulary,
                hidden,
                intermediate,
                layers,
                heads,
                keyValueHeads,
                headWidth,
                context,
                normEpsilon,
                ropeTheta,
                ropeScaling,
                tied,
                initializerRange,
                bos,
                eos,
                pad);
    }

    public ModelConfig withTied(boolean tie) {
        return new ModelConfig(
                head,
                vocabulary,
                hidden,
                intermediate,
                layers,
                heads,
                keyValueHeads,
                headWidth,
                context,
                normEpsilon,
                ropeTheta,
                ropeScaling,
                tie,
                initializerRange,
                bosId,
                eosIds,
                padId);
    }

    /// Radians per token of each rotary pair, `[headWidth / 2]`: θ^(−2i/d), stretched where the model says so.
    public float[] rotaryFrequencies() {
        var frequencies = new float[headWidth / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double frequency = Math.pow(ropeTheta, -2.0 * i / headWidth);
            double stretched = ropeScaling.map(s -> s.apply(frequency)).orElse(frequency);
            frequencies[i] = (float) stretched;
        }
        return frequencies;
    }
}
