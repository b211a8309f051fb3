package dev.tiebreak.studio.quality;

import dev.tiebreak.studio.assignment.GoldItem;
import dev.tiebreak.studio.judgment.Judgment;
import java.util.Optional;

/// What a vote says, in canonical order: the categories of the agreement measures.
///
/// "Both bad" is a category of its own, not a tie: it says something else about the completions. Strength is left out
/// here: two annotators who prefer the same completion agree. Skips are no votes.
public enum VoteCategory {
    A("A is better"),
    B("B is better"),
    TIE("tie"),
    BOTH_BAD("both bad");

    private final String label;

    VoteCategory(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    static VoteCategory of(GoldItem.Expected expected) {
        return switch (expected) {
            case A -> A;
            case B -> B;
            case TIE -> TIE;
            case BOTH_BAD -> BOTH_BAD;
        };
    }

    /// Empty for a skip.
    static Optional<VoteCategory> of(Judgment judgment) {
        return switch (judgment.verdict()) {
            case PREFERENCE -> Optional.of(judgment.strength() > 0 ? A : B);
            case TIE -> Optional.of(TIE);
            case BOTH_BAD -> Optional.of(BOTH_BAD);
            case SKIP, WITHDRAWN -> Optional.empty();
        };
    }
}
