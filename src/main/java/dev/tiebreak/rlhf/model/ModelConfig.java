package dev.tiebreak.rlhf.model;

import java.util.List;
import java.util.Optional;

/// The shape of a model, as its `config.json` tells it. [ModelConfigFile] reads and writes that file.
///
/// @param head         what sits on the trunk
/// @param family       what sets the model's kind apart
/// @param vocabulary   rows of the token embedding
/// @param hidden       width H of the trunk
/// @param intermediate width of the feed-forward layer
/// @param layers       number of decoder layers
/// @param heads        query heads
/// @param keyValueHeads key and value heads; fewer than `heads` in grouped-query attention
/// @param headWidth    width of one head
/// @param context      longest sequence in tokens
/// @param normEpsilon  added under the root of each norm
/// @param rotary       empty where positions are learnt
/// @param window       empty where every layer sees the whole sequence
/// @param tied         whether the language head is the token embedding
/// @param initializerRange standard deviation of fresh weights
public record ModelConfig(
        Head head,
        Family family,
        int vocabulary,
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int keyValueHeads,
        int headWidth,
        int context,
        double normEpsilon,
        Optional<Rotary> rotary,
        Optional<SlidingWindow> window,
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
        if (rotary.isPresent() && headWidth % 2 != 0) {
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
                Llama.PLAIN,
                vocabulary,
                hidden,
                (hidden * 8 / 3 + 15) / 16 * 16,
                layers,
                heads,
                keyValueHeads,
                hidden / heads,
                context,
                1e-5,
                Optional.of(new Rotary(10_000, Optional.empty())),
                Optional.empty(),
                true,
                0.02,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    public ModelConfig with(Head newHead) {
        return copy(newHead, family, keyValueHeads, rotary, window, tied, bosId, eosIds, padId);
    }

    /// The same shape in another family.
    public ModelConfig with(Family newFamily) {
        boolean learnt = newFamily instanceof Gpt2; // its positions; and each head has keys and values of its own
        Optional<Rotary> turned = learnt ? Optional.empty() : rotary;
        return copy(head, newFamily, learnt ? heads : keyValueHeads, turned, window, tied, bosId, eosIds, padId);
    }

    public ModelConfig with(SlidingWindow newWindow) {
        return copy(head, family, keyValueHeads, rotary, Optional.of(newWindow), tied, bosId, eosIds, padId);
    }

    public ModelConfig withTokens(Optional<Integer> bos, List<Integer> eos, Optional<Integer> pad) {
        return copy(head, family, keyValueHeads, rotary, window, tied, bos, eos, pad);
    }

    public ModelConfig withTied(boolean tie) {
        return copy(head, family, keyValueHeads, rotary, window, tie, bosId, eosIds, padId);
    }

    private ModelConfig copy(
            Head newHead,
            Family newFamily,
            int newKeyValueHeads,
            Optional<Rotary> newRotary,
            Optional<SlidingWindow> newWindow,
            boolean tie,
            Optional<Integer> bos,
            List<Integer> eos,
            Optional<Integer> pad) {
        return new ModelConfig(
                newHead,
                newFamily,
                vocabulary,
                hidden,
                intermediate,
                layers,
                heads,
                newKeyValueHeads,
                headWidth,
                context,
                normEpsilon,
                newRotary,
                newWindow,
                tie,
                initializerRange,
                bos,
                eos,
                pad);
    }
}
