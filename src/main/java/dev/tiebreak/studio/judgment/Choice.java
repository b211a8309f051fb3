package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.dataset.Verdict;
import java.util.Optional;

/// What an annotator pressed, as seen on the screen: left and right, not yet a and b.
///
/// @param leftStrength −3 to 3, above 0 when the left one is better
record Choice(Verdict verdict, int leftStrength) {

    /// @param pressed `1`–`7`, `both_bad` or `skip`; 1 is left much better, 4 a tie, 7 right much better
    static Optional<Choice> of(String pressed) {
        return switch (pressed) {
            case "1", "2", "3", "5", "6", "7" ->
                Optional.of(new Choice(Verdict.PREFERENCE, 4 - Integer.parseInt(pressed)));
            case "4" -> Optional.of(new Choice(Verdict.TIE, 0));
            case "both_bad" -> Optional.of(new Choice(Verdict.BOTH_BAD, 0));
            case "skip" -> Optional.of(new Choice(Verdict.SKIP, 0));
            default -> Optional.empty();
        };
    }

    /// Turned back to canonical order: sides were counterbalanced.
    int strength(boolean aStoodLeft) {
        return aStoodLeft ? leftStrength : -leftStrength;
    }

    /// The key that says so: the other way round.
    ///
    /// @param strength canonical
    static String pressed(Verdict verdict, int strength, boolean aStoodLeft) {
        return switch (verdict) {
            case PREFERENCE, TIE -> String.valueOf(4 - (aStoodLeft ? strength : -strength));
            case BOTH_BAD -> "both_bad";
            case SKIP -> "skip";
            case WITHDRAWN -> throw new IllegalArgumentException("what was taken back is no choice any more");
        };
    }
}
