package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.assignment.Lease;

/// What became of a submission.
sealed interface Outcome {
    record Recorded() implements Outcome {}

    /// It had been recorded before and counts once.
    record Duplicate() implements Outcome {}

    /// @param reopened the comparison, back on the annotator's screen
    record Undone(Lease reopened) implements Outcome {}

    /// @param reason a sentence for the annotator
    record Refused(String reason) implements Outcome {}
}
