package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Labels;
import java.util.Arrays;

/// The counts of labels per item without one annotator, for each of them: one pass over the labels, then time in an
/// annotator's labels and in the patterns.
final class LeaveOneOut {
    private static final int NOT_THE_FIRST = -1;

    private final Labels labels;
    /// Of all labels; patterns that are left when somebody is gone have their place, on no item.
    private final CategoryCounts all;
    /// The pattern of each item.
    private final int[] with;
    /// The pattern that an item is left with without an annotator, at the first of their labels of it.
    private final int[] without;
    private final int[] itemOf;
    /// Labels by annotator; those of annotator g stand at `starts[g] … starts[g + 1]`.
    private final int[] byAnnotator;
    private final int[] starts;

    private LeaveOneOut(Labels labels, CategoryCounts all, int[] with, int... without) {
        this.labels = labels;
        this.all = all;
        this.with = with;
        this.without = without;
        itemOf = new int[labels.size()];
        for (int item = 0; item < labels.items(); item++) {
            Arrays.fill(itemOf, labels.start(item), labels.end(item), item);
        }
        starts = new int[labels.annotators() + 1];
        for (int label = 0; label < labels.size(); label++) {
            starts[labels.annotator(label) + 1]++;
        }
        for (int annotator = 0; annotator < labels.annotators(); annotator++) {
            starts[annotator + 1] += starts[annotator];
        }
        int[] next = starts.clone();
        byAnnotator = new int[labels.size()];
        for (int label = 0; label < labels.size(); label++) {
            byAnnotator[next[labels.annotator(label)]++] = label;
        }
    }

    static LeaveOneOut of(Labels labels) {
        CategoryCounts.Builder patterns = CategoryCounts.builder(labels.categories());
        int[] with = new int[labels.items()];
        int[] without = new int[labels.size()];
        Arrays.fill(without, NOT_THE_FIRST);
        for (int item = 0; item < labels.items(); item++) {
            int[] counts = CategoryCounts.ofItem(labels, item);
            with[item] = patterns.number(counts);
            if (labels.end(item) > labels.start(item)) {
                patterns.addItems(1, counts);
            }
            int first = labels.start(item);
            while (first < labels.end(item)) {
                int end = endOfAnnotator(labels, first, labels.end(item));
                add(labels, first, end, -1, counts);
                without[first] = patterns.number(counts);
                add(labels, first, end, 1, counts);
                first = end;
            }
        }
        int[] place = places(patterns.order());
        return new LeaveOneOut(labels, patterns.build(), replaced(with, place), replaced(without, place));
    }

    private static int endOfAnnotator(Labels labels, int first, int end) {
        int label = first + 1;
        while (label < end && labels.annotator(label) == labels.annotator(first)) {
            label++;
        }
        return label;
    }

    private static void add(Labels labels, int first, int end, int times, int... counts) {
        for (int label = first; label < end; label++) {
            counts[labels.category(label)] += times;
        }
    }

    private static int[] places(int... order) {
        int[] places = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            places[order[place]] = place;
        }
        return places;
    }

    private static int[] replaced(int[] numbers, int... place) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = numbers[i] == NOT_THE_FIRST ? NOT_THE_FIRST : place[numbers[i]];
        }
        return numbers;
    }

    /// The counts with everybody.
    CategoryCounts all() {
        return all;
    }

    boolean hasLabels(int annotator) {
        return starts[annotator + 1] > starts[annotator];
    }

    /// Whether this annotator and another have labelled a common item.
    boolean shares(int annotator) {
        for (int i = starts[annotator]; i < starts[annotator + 1]; i++) {
            int item = itemOf[byAnnotator[i]];
            if (labels.annotator(labels.start(item)) != annotator
                    || labels.annotator(labels.end(item) - 1) != annotator) {
                return true;
            }
        }
        return false;
    }

    CategoryCounts without(int annotator) {
        long[] times = new long[all.patterns()];
        Arrays.setAll(times, all::multiplicity);
        for (int i = starts[annotator]; i < starts[annotator + 1]; i++) {
            int label = byAnnotator[i];
            if (without[label] != NOT_THE_FIRST) {
                times[with[itemOf[label]]]--;
                times[without[label]]++;
            }
        }
        return all.redrawn(times);
    }
}
