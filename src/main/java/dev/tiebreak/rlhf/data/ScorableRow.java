package dev.tiebreak.rlhf.data;

/// What a reward model can score: both completions of a preference row, or one text.
public sealed interface ScorableRow {
    record Pair(PreferenceRow row) implements ScorableRow {}

    record Single(TextRow row) implements ScorableRow {}
}
