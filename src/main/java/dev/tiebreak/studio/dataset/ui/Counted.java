package dev.tiebreak.studio.dataset.ui;

/// A number with what it counts: `1 row`, `2,139 rows`.
final class Counted {

    private Counted() {}

    /// @param what in the singular; its plural ends in s
    static String of(long count, String what) {
        return "%,d %s%s".formatted(count, what, count == 1 ? "" : "s");
    }

    /// With the verb: `1 row is`, `2,139 rows are`.
    static String are(long count, String what) {
        return of(count, what) + (count == 1 ? " is" : " are");
    }
}
