package dev.tiebreak.cli.statistics;

import java.util.List;

/// The categories of a file in their order, and what each is worth.
///
/// @param values of each category; on a nominal scale its number, which nothing reads
record Scale(Level level, List<String> names, double[] values) {}
