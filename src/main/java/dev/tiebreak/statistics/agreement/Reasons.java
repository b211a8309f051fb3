package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Labels;

/// Why a statistic has no value, in words a person can act on.
final class Reasons {

    private Reasons() {}

    static String noPairableItem(CategoryCounts counts) {
        return noPairableItem(counts.items());
    }

    static String noPairableItem(Labels labels) {
        return noPairableItem(labels.size());
    }

    static String noPairableItem(long labelled) {
        return labelled == 0
                ? "there are no labels yet"
                : "no item has two labels: let at least two annotators label the same items";
    }

    static String tooFewItems(long pairableItems) {
        return "an interval needs at least " + ItemBootstrap.FEWEST_ITEMS + " items with two labels or more, there are "
                + pairableItems;
    }

    static final String ONE_CATEGORY = "every label on the items with two or more labels is the same category, so that"
            + " chance alone would agree too: label items on which the categories differ";

    static final String NO_COMMON_ITEM = "the two annotators have no item in common: let both label the same items";

    static final String ONE_ANNOTATOR = "there is one annotator: let at least two label the same items";
}
