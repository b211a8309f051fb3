package dev.tiebreak.studio.dataset;

import java.util.SortedMap;
import java.util.TreeMap;

/// How far the comparisons of a project are judged.
///
/// @param comparisons  how many there are
/// @param byAnnotators how many of them as many annotators have judged, from 1 annotator on
public record Coverage(long comparisons, SortedMap<Integer, Long> byAnnotators) {
    public Coverage {
        byAnnotators = new TreeMap<>(byAnnotators);
    }

    /// The judgments that count towards an overlap: what goes beyond it on one comparison does not help another.
    public long judged(int overlap) {
        return byAnnotators.entrySet().stream()
                .mapToLong(entry -> Math.min(entry.getKey(), overlap) * entry.getValue())
                .sum();
    }

    /// All judgments, those beyond any overlap included.
    public long total() {
        return byAnnotators.entrySet().stream()
                .mapToLong(entry -> entry.getKey() * entry.getValue())
                .sum();
    }

    public long wanted(int overlap) {
        return comparisons * overlap;
    }

    /// Comparisons that have all the judgments an overlap asks for.
    public long complete(int overlap) {
        return byAnnotators.tailMap(overlap).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /// Comparisons that nobody has judged.
    public long untouched() {
        return comparisons
                - byAnnotators.values().stream().mapToLong(Long::longValue).sum();
    }
}
