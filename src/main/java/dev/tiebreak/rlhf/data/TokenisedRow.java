package dev.tiebreak.rlhf.data;

import java.util.List;
import java.util.Optional;

/// What became of one row on its way to token ids.
///
/// @param sequences what a model would see of the row, before anything is cut: one or two, or one per ranked completion
/// @param example   what is trained on; empty where the row is dropped
public record TokenisedRow<E>(List<PassageTokeniser.Pair> sequences, Fate fate, Optional<E> example) {
    /// Whether a row is trained on, and why not.
    public enum Fate {
        KEPT,
        /// Kept, with a completion cut at the end.
        CUT,
        /// Dropped for its length.
        TOO_LONG,
        /// Dropped because there is nothing to learn in it, or to score.
        EMPTY
    }
}
