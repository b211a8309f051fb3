package dev.tiebreak.cli;

import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import dev.tiebreak.rlhf.trainer.SeenSequence;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The end of a prompt that is tokenised otherwise when a completion follows it.
///
/// @param at       how many tokens both begin with alike
/// @param alone    the prompt's further tokens
/// @param followed what stands in their place when the completion follows; training does not see these
/// @param spanning the token that begins in the prompt and ends in the completion; empty where the chat template writes
///                 the prompt otherwise
record Seam(int at, int[] alone, int[] followed, Optional<String> spanning) {

    static Optional<Seam> of(SeenSequence sequence, Tokenizer tokenizer) {
        if (sequence.whole().prefixHolds()) {
            return Optional.empty();
        }
        int at = sequence.agreeing();
        int[] alone = Arrays.copyOfRange(sequence.prompt(), at, sequence.prompt().length);
        int[] beginning = sequence.whole().beginning();
        int[] followed = Arrays.copyOfRange(beginning, at, beginning.length);
        return Optional.of(new Seam(at, alone, followed, spanning(tokenizer, alone, followed)));
    }

    private static Optional<String> spanning(Tokenizer tokenizer, int[] alone, int[] followed) {
        String prompt = String.join("", tokenizer.textOfEach(alone));
        List<String> texts = tokenizer.textOfEach(followed);
        int end = 0;
        for (String text : texts) {
            int begin = end;
            end += text.length();
            if (end > prompt.length() && begin < prompt.length()) {
                return String.join("", texts).startsWith(prompt) ? Optional.of(text) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
