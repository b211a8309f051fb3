package dev.tiebreak.statistics.ranking;

/// How a comparison of a left and a right item ended.
public enum Outcome {
    LEFT,
    RIGHT,
    TIE
}
