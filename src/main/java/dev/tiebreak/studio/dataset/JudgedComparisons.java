package dev.tiebreak.studio.dataset;

import java.util.SortedMap;

/// Knows how many annotators have judged the comparisons. The room with the log of judgments implements it.
public interface JudgedComparisons {
    /// How many comparisons of a project have been judged by 1, 2, 3 … annotators; skips are no judgments.
    SortedMap<Integer, Long> byAnnotators(ProjectId project);
}
