package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.assignment.Purpose;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.CompletionId;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.rubric.RubricVersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/// What one annotator decided about one comparison. Judgments are never edited, only superseded.
///
/// @param strength    canonical, −3 to 3: above 0 completion a is better (3 much, 2 clearly, 1 slightly); 0 exactly
/// when
///                    the verdict is not a preference
/// @param left        the completion that stood left; absent where an import does not say
/// @param reason      why it was skipped
/// @param activeTime  time the annotator was active on it, idle time removed; absent where an import does not say
/// @param probability with which the comparison was drawn; absent for imports
/// @param origin      `board`, or the format of an import
/// @param purpose     why it was asked for; only what is regular counts for consensus, agreement and datasets
public record Judgment(
        JudgmentId id,
        ProjectId project,
        ComparisonId comparison,
        AnnotatorId annotator,
        Verdict verdict,
        int strength,
        Optional<CompletionId> left,
        Optional<String> reason,
        Optional<Duration> activeTime,
        Instant at,
        Optional<RubricVersionId> rubric,
        OptionalDouble probability,
        Optional<JudgmentId> supersedes,
        String origin,
        Purpose purpose) {}
