package dev.tiebreak.rlhf.data;

import java.util.OptionalDouble;

/// A prompt with the completion that was preferred and the one that was not. The three passages are of one kind.
///
/// @param margin    by how much the chosen one is better; subtracted from the score difference by the reward loss
/// @param softLabel probability that the chosen one is better, 0 to 1
public record PreferenceRow(
        Passage prompt, Passage chosen, Passage rejected, OptionalDouble margin, OptionalDouble softLabel) {
    public PreferenceRow(Passage prompt, Passage chosen, Passage rejected) {
        this(prompt, chosen, rejected, OptionalDouble.empty(), OptionalDouble.empty());
    }

    public PreferenceRow {
        if (prompt.getClass() != chosen.getClass() || chosen.getClass() != rejected.getClass()) {
            throw new IllegalArgumentException("prompt, chosen and rejected must all be text or all be conversations");
        }
    }
}
