package dev.tiebreak.studio.assignment;

import dev.tiebreak.studio.dataset.ComparisonId;
import java.util.Optional;

/// A comparison whose verdict was decided in advance.
///
/// @param explanation why it is so, for whoever gets it wrong
/// @param attention   whether nobody gets it wrong who reads it
public record GoldItem(ComparisonId comparison, Expected expected, Optional<String> explanation, boolean attention) {
    public static final int LONGEST_EXPLANATION = 4000;

    public GoldItem {
        explanation = explanation.map(String::strip).filter(text -> !text.isEmpty());
        if (explanation.isPresent() && explanation.get().length() > LONGEST_EXPLANATION) {
            throw new InvalidCheckException(
                    "An explanation has at most %,d characters.".formatted(LONGEST_EXPLANATION));
        }
    }

    /// In canonical order.
    public enum Expected {
        A("A is better"),
        B("B is better"),
        TIE("tie"),
        BOTH_BAD("both bad");

        private final String label;

        Expected(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
