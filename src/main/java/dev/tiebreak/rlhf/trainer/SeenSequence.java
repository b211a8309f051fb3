package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.PassageTokeniser;
import java.util.Arrays;

/// A prompt with one completion as training sees it.
///
/// @param name       what the completion is to the row: `completion`, `chosen`, `rejected`, `completion_2`
/// @param whole      both before anything was cut
/// @param kept       how many tokens of the completion are left
/// @param learnt     for each token that is left, the prompt's included, whether it is learnt
/// @param lastScored whether it is the score at the last token that is trained
public record SeenSequence(String name, PassageTokeniser.Pair whole, int kept, boolean[] learnt, boolean lastScored) {
    public int[] prompt() {
        return whole.prompt();
    }

    public int[] completion() {
        return Arrays.copyOf(whole.completion(), kept);
    }

    /// What of the completion `max_length` has no room for.
    public int[] cut() {
        return Arrays.copyOfRange(whole.completion(), kept, whole.completion().length);
    }
}
