package dev.tiebreak.rlhf.data;

/// A prompt with a completion that somebody found good or bad on its own. The two passages are of one kind.
public record LabelledRow(Passage prompt, Passage completion, boolean desirable) {
    public LabelledRow {
        Passage.requireOneKind(prompt, completion);
    }
}
