package dev.tiebreak.cli;

/// The model from which implicit rewards are measured, and how much a nat counts.
record ScoringReference(ScoringPolicy policy, double beta) {}
