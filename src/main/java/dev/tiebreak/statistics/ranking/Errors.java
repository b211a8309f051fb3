package dev.tiebreak.statistics.ranking;

/// What standard errors take for granted.
public enum Errors {
    /// The model holds and comparisons are independent.
    MODEL,
    /// Comparisons are independent; the model need not hold (HC0 sandwich).
    ROBUST,
    /// Annotators are independent; comparisons of one need not be, and the model need not hold.
    BY_ANNOTATOR
}
