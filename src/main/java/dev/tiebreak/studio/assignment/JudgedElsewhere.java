package dev.tiebreak.studio.assignment;

import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.ProjectId;
import java.util.Map;

/// Knows the judgments that came without a slot, from an import: they count towards the overlap. The room with the log
/// of judgments implements it.
public interface JudgedElsewhere {
    /// @return annotators other than those of slots who judged each comparison; those without any may be absent
    Map<ComparisonId, Integer> annotatorsPerComparison(ProjectId project);
}
