package dev.tiebreak.rlhf.data;

/// A prompt with a completion and how good somebody found it, on a scale of the file's own. The two passages are of one
/// kind.
public record RatedRow(Passage prompt, Passage completion, double rating) {
    public RatedRow {
        Passage.requireOneKind(prompt, completion);
    }
}
