package dev.tiebreak.studio.assignment;

import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.ProjectId;
import java.util.Collection;
import java.util.Map;

/// Says which comparisons are worth more than others, such as those a reward model is unsure about. Without an
/// implementation all are worth the same.
public interface ComparisonPriority {
    /// @return weights above 0; the chance of being drawn from the pool is proportional to it
    Map<ComparisonId, Double> weights(ProjectId project, Collection<ComparisonId> candidates);
}
