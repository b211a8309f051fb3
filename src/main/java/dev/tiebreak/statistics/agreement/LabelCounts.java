package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Labels;

/// The counts per item of labels of which it is known who gave them.
public final class LabelCounts {

    private LabelCounts() {}

    /// Items without a label have a pattern of their own, all zero.
    public static CategoryCounts of(Labels labels) {
        CategoryCounts.Builder counts = CategoryCounts.builder(labels.categories());
        for (int item = 0; item < labels.items(); item++) {
            counts.add(ofItem(labels, item));
        }
        return counts.build();
    }

    static int[] ofItem(Labels labels, int item) {
        int[] counts = new int[labels.categories()];
        for (int label = labels.start(item); label < labels.end(item); label++) {
            counts[labels.category(label)]++;
        }
        return counts;
    }
}
