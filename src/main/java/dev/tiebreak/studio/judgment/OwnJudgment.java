package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.dataset.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A judgment as the one who made it looks back at it.
///
/// @param prompt         the last message of the conversation
/// @param choice         as it was pressed on the board, by sides of the screen: `1`–`7`, `both_bad` or `skip`
/// @param reason         what was said beside it
/// @param reopenableTill until when it may be reopened; empty when that is over
public record OwnJudgment(
        JudgmentId id,
        ProjectId project,
        String prompt,
        String choice,
        Optional<String> reason,
        Optional<Duration> activeTime,
        Instant at,
        Optional<Instant> reopenableTill) {}
