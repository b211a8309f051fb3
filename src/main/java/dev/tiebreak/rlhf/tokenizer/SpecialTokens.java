package dev.tiebreak.rlhf.tokenizer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// The tokens of a new tokenizer that are not text. Padding must be a token of its own: a model that pads with its
/// end-of-sequence token never learns to stop.
public record SpecialTokens(Optional<String> bos, String eos, String pad, List<String> others) {
    public SpecialTokens {
        others = List.copyOf(others);
        if (pad.equals(eos)) {
            throw new IllegalArgumentException("pad and eos must differ, both are '" + pad + "'");
        }
    }

    /// For models trained on [ChatTemplate#CHATML]: a turn ends with `<|im_end|>`, which also ends plain text.
    public static SpecialTokens chatMl() {
        return new SpecialTokens(Optional.empty(), "<|im_end|>", "<|pad|>", List.of("<|im_start|>"));
    }

    /// All of them in the order of their ids: pad first, so that it is 0.
    public List<String> all() {
        LinkedHashSet<String> all = new LinkedHashSet<>();
        all.add(pad);
        bos.ifPresent(all::add);
        all.add(eos);
        all.addAll(others);
        return new ArrayList<>(all);
    }
}
