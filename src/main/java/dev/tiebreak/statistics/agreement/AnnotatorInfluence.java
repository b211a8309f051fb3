package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What a coefficient would be without each annotator: who pulls agreement down, who holds it up.
///
/// @param annotator whose labels are left out
/// @param without the coefficient of all others; undefined where they share no item
/// @param change value with the annotator less the value without: below 0, they lower it; empty where either is
///     undefined
public record AnnotatorInfluence(int annotator, Estimate without, OptionalDouble change) {

    /// One for each annotator with a label. Takes time in the labels, and in patterns × annotators.
    public static List<AnnotatorInfluence> of(Labels labels, AgreementCoefficient coefficient) {
        CategoryCounts all = CategoryCounts.of(labels);
        OptionalDouble whole = coefficient.of(all).point();
        List<Map<List<Integer>, Long>> removed = removed(labels);
        List<AnnotatorInfluence> influences = new ArrayList<>();
        for (int annotator = 0; annotator < removed.size(); annotator++) {
            if (!removed.get(annotator).isEmpty()) {
                Estimate without = coefficient.of(moved(all, removed.get(annotator)));
                OptionalDouble change = whole.isPresent() && without.point().isPresent()
                        ? OptionalDouble.of(
                                whole.getAsDouble() - without.point().getAsDouble())
                        : OptionalDouble.empty();
                influences.add(new AnnotatorInfluence(annotator, without, change));
            }
        }
        return influences;
    }

    /// By annotator: how many items more (or fewer) have a pattern once their labels are gone.
    private static List<Map<List<Integer>, Long>> removed(Labels labels) {
        List<Map<List<Integer>, Long>> removed = new ArrayList<>();
        for (int annotator = 0; annotator < labels.annotators(); annotator++) {
            removed.add(new HashMap<>());
        }
        for (int item = 0; item < labels.items(); item++) {
            int[] before = CategoryCounts.ofItem(labels, item);
            int label = labels.start(item);
            while (label < labels.end(item)) {
                int annotator = labels.annotator(label);
                int[] after = before.clone();
                for (; label < labels.end(item) && labels.annotator(label) == annotator; label++) {
                    after[labels.category(label)]--;
                }
                removed.get(annotator).merge(boxed(before), -1L, Long::sum);
                removed.get(annotator).merge(boxed(after), 1L, Long::sum);
            }
        }
        return removed;
    }

    private static CategoryCounts moved(CategoryCounts all, Map<List<Integer>, Long> moves) {
        Map<List<Integer>, Long> times = new HashMap<>(moves);
        for (int pattern = 0; pattern < all.patterns(); pattern++) {
            int[] counts = new int[all.categories()];
            for (int category = 0; category < counts.length; category++) {
                counts[category] = all.count(pattern, category);
            }
            times.merge(boxed(counts), all.multiplicity(pattern), Long::sum);
        }
        CategoryCounts.Builder moved = CategoryCounts.builder(all.categories());
        times.forEach((counts, items) -> {
            if (items > 0) {
                moved.addItems(
                        items, counts.stream().mapToInt(Integer::intValue).toArray());
            }
        });
        return moved.build();
    }

    private static List<Integer> boxed(int[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }
}
