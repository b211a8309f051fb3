package dev.tiebreak.statistics.agreement;

/// Why a statistic has no value, in words a person can act on.
final class Reasons {

    private Reasons() {}

    static String noPairableItem(CategoryCounts counts) {
        return counts.items() == 0
                ? "there are no labels yet"
                : "no item has two labels: let at least two annotators label the same items";
    }

    static final String ONE_CATEGORY = "every label on the items with two or more labels is the same category, so that"
            + " chance alone would agree too: label items on which the categories differ";
}
