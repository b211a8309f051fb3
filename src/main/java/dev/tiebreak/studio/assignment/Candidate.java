package dev.tiebreak.studio.assignment;

import dev.tiebreak.studio.dataset.ComparisonId;
import java.util.UUID;

/// Something an annotator could be asked.
///
/// @param handle of the task: the slot, or the check to be
/// @param round  in which this would be the comparison's judgment, from 0; the earliest round goes first
/// @param aLeft  whether completion a stands left
record Candidate(UUID handle, Purpose purpose, ComparisonId comparison, UUID left, int round, boolean aLeft) {}
