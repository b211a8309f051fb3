package dev.tiebreak.studio.quality;

import dev.tiebreak.studio.dataset.ComparisonId;
import java.util.Map;

/// A comparison on which votes differ.
///
/// @param agreement share of its vote pairs that are the same, below 1
public record DisputedComparison(ComparisonId id, Map<VoteCategory, Integer> votes, double agreement) {}
