package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.assignment.LeaseId;
import java.time.Instant;
import java.util.Optional;

/// What an annotator's screen sends: a decision, or taking one back.
sealed interface Submission {
    JudgmentId id();

    /// @param judgedAt when the key was pressed, by the annotator's clock
    record Decision(
            JudgmentId id, LeaseId lease, Choice choice, Optional<String> reason, long activeMillis, Instant judgedAt)
            implements Submission {}

    record Undo(JudgmentId id, JudgmentId undone) implements Submission {}
}
