package dev.tiebreak.rlhf.data;

import java.util.List;

/// The examples made of a file's rows, in their order, and what happened on the way.
public record TokenisedRows<E>(List<E> examples, TokenCounts counts) {}
