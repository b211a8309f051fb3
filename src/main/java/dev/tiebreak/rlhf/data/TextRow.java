package dev.tiebreak.rlhf.data;

import java.util.Optional;

/// Text to imitate. With a prompt, only the completion is learnt; without, everything is.
public record TextRow(Optional<Passage> prompt, Passage completion) {
    public TextRow {
        prompt.ifPresent(given -> Passage.requireOneKind(given, completion));
    }
}
