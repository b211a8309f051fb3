package dev.tiebreak.studio.assignment;

/// Why an annotator is asked. The annotator must not be able to tell.
public enum Purpose {
    /// For the judgment itself: it counts towards the overlap.
    REGULAR,
    /// To see whether they say the same again, the sides swapped.
    REPEAT,
    /// To see whether they say what was decided in advance.
    GOLD,
    /// A gold item that nobody gets wrong who reads it.
    ATTENTION;

    /// Where such leases stand; what checks an annotator takes no slot from anybody.
    String table() {
        return this == REGULAR ? "assignment_slot" : "assignment_check";
    }

    boolean isGold() {
        return this == GOLD || this == ATTENTION;
    }
}
