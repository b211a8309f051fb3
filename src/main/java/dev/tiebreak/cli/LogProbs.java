package dev.tiebreak.cli;

import dev.tiebreak.rlhf.trainer.CompletionScore;

/// What is known of a completion.
///
/// @param score     of the model
/// @param reference log-probability under the reference; 0 without one
/// @param reward    the implicit one; 0 without a reference
record LogProbs(CompletionScore score, double reference, double reward) {
    static LogProbs of(CompletionScore score) {
        return new LogProbs(score, 0, 0);
    }
}
