package dev.tiebreak.cli;

import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import dev.tiebreak.rlhf.trainer.SeenSequence;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The end of a prompt that is tokenised otherwise when a completion follows it. Training begins the completion before
/// it; a model that is asked to continue the prompt meets the prompt's own tokens.
///
/// @param at       how many tokens both begin with alike
/// @param alone    the prompt's further tokens
/// @param followed what stands in their place when the completion follows, at the completion's beginning
/// @param spanning the token that begins in the prompt and ends in the completion; empty where the chat template writes
///                 the prompt otherwise
record Seam(int at, int[] alone, int[] followed, Optional<String> spanning) {

    static Optional<Seam> of(SeenSequence sequence, Tokenizer tokenizer) {
        if (sequence.whole().prefixHolds()) {
            return Optional.empty();
        }
        int at = sequence.prompt().length;
        int[] prompt = sequence.whole().alone();
        int[] alone = Arrays.copyOfRange(prompt, at, prompt.length);
        int[] completion = sequence.whole().completion();
        String promptText = String.join("", tokenizer.textOfEach(alone));
        List<String> texts = tokenizer.textOfEach(completion);
        int end = 0;
        for (int n = 0; n < texts.size() && String.join("", texts).startsWith(promptText); n++) {
            end += texts.get(n).length();
            if (end > promptText.length()) {
                return Optional.of(new Seam(at, alone, Arrays.copyOf(completion, n + 1), Optional.of(texts.get(n))));
            }
        }
        int[] instead = Arrays.copyOf(completion, Math.min(alone.length, completion.length));
        return Optional.of(new Seam(at, alone, instead, Optional.empty()));
    }
}
