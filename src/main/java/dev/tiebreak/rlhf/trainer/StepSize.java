package dev.tiebreak.rlhf.trainer;

/// What the losses of one optimiser step are averaged over, all its batches together.
///
/// @param rows   rows
/// @param tokens tokens whose log-probability the loss asks for
record StepSize(double rows, double tokens) {
    static final StepSize NONE = new StepSize(0, 0);

    StepSize plus(StepSize other) {
        return new StepSize(rows + other.rows, tokens + other.tokens);
    }
}
