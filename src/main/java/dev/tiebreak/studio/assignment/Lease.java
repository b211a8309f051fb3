package dev.tiebreak.studio.assignment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.CompletionId;
import dev.tiebreak.studio.dataset.ProjectId;
import java.time.Instant;
import java.util.UUID;

/// A comparison held for one annotator.
///
/// @param handle      what the annotator's screen calls the comparison: the same as long as it is the same task, and
///                    another when the comparison comes again as a check
/// @param left        the completion that stands on the left of the screen
/// @param expiresAt   from then on others may have the slot
/// @param probability with which this comparison was drawn, given the pool of best candidates at that moment (1 when
///                    the pool held no other)
public record Lease(
        LeaseId id,
        UUID handle,
        Purpose purpose,
        ProjectId project,
        ComparisonId comparison,
        AnnotatorId annotator,
        CompletionId left,
        Instant expiresAt,
        double probability) {}
