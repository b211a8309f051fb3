package dev.tiebreak.studio.judgment;

import java.time.Duration;

/// How a project treats its annotators.
///
/// @param reopenFor     how long after it was recorded a judgment may be reopened; zero for never
/// @param showsFeedback whether annotators are told how judgments of theirs turned out
public record Workplace(Duration reopenFor, boolean showsFeedback) {
    public static final Duration LONGEST = Duration.ofDays(365);
    public static final Workplace DEFAULT = new Workplace(Duration.ofMinutes(10), false);

    /// @throws IllegalArgumentException when judgments were to stay open for less than no time or more than a year
    public Workplace {
        if (reopenFor.isNegative() || reopenFor.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A judgment may be reopened for 0 minutes to 365 days.");
        }
    }
}
