package dev.tiebreak.rlhf.data;

import java.util.Optional;

/// Text to imitate. With a prompt, only the completion is learnt; without, everything is.
public record TextRow(Optional<Passage> prompt, Passage completion) {
    public TextRow {
        if (prompt.isPresent() && prompt.get().getClass() != completion.getClass()) {
            throw new IllegalArgumentException("prompt and completion must both be text or both be conversations");
        }
    }
}
