package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.dataset.ComparisonId;

/// A comparison with its votes, as much of it as deciding takes.
///
/// @param promptHash of the prompt's turns
record JudgedComparison(ComparisonId id, String promptHash, VoteCounts votes) {}
