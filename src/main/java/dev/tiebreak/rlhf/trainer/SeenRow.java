package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.TokenisedRow;
import java.util.List;

/// A row as training sees it.
///
/// @param number    counted from 1; a line of the file may hold two rows
/// @param sequences one, two, or one per ranked completion
public record SeenRow(long number, TokenisedRow.Fate fate, List<SeenSequence> sequences) {}
