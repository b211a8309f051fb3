package dev.tiebreak.rlhf.data;

import java.util.List;

/// The examples made of a file's rows, in their order, and what happened on the way.
///
/// @param prompts of each example, as generation meets it
public record TokenisedRows<E>(List<E> examples, List<int[]> prompts, TokenCounts counts) {}
