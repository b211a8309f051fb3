package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.model.PackedSequences;

/// How much a batch asks of the trunk.
///
/// @param rows      tokens that are laid down
/// @param lent      tokens of shared beginnings, counted for each sequence that borrows one
/// @param squares   Σ queries · keys over all sequences
/// @param borrowed  the same over those that borrow
/// @param largest   the greatest of the products
public record StepLoad(double rows, double lent, double squares, double borrowed, double largest) {
    static final StepLoad NONE = new StepLoad(0, 0, 0, 0, 0);

    static StepLoad of(PackedSequences packed) {
        double lent = 0;
        double squares = 0;
        double borrowed = 0;
        double largest = 0;
        for (int s = 0; s < packed.count(); s++) {
            double own = packed.boundaries()[s + 1] - packed.boundaries()[s];
            double before = packed.prefixes()[2 * s + 1] - packed.prefixes()[2 * s];
            double product = own * (before + own);
            lent += before;
            squares += product;
            borrowed += before > 0 ? product : 0;
            largest = Math.max(largest, product);
        }
        return new StepLoad(packed.tokens().length, lent, squares, borrowed, largest);
    }

    /// An estimate from mean lengths: pairs whose completions share their prompt.
    public static StepLoad ofPairs(double pairs, double prompt, double chosen, double rejected) {
        double borrowed = pairs * rejected * (prompt + rejected);
        double first = (prompt + chosen) * (prompt + chosen);
        return new StepLoad(
                pairs * (prompt + chosen + rejected), pairs * prompt, pairs * first + borrowed, borrowed, first);
    }

    StepLoad plus(StepLoad other) {
        return new StepLoad(
                rows + other.rows,
                lent + other.lent,
                squares + other.squares,
                borrowed + other.borrowed,
                Math.max(largest, other.largest));
    }

    /// As many times the rows.
    StepLoad times(double factor) {
        return new StepLoad(factor * rows, factor * lent, factor * squares, factor * borrowed, largest);
    }

    /// Every sequence cut to a share of its length.
    StepLoad cut(double share) {
        double square = share * share;
        return new StepLoad(share * rows, share * lent, square * squares, square * borrowed, square * largest);
    }
}
