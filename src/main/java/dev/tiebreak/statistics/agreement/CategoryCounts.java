package dev.tiebreak.statistics.agreement;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How many labels of each category every item has, items with equal counts grouped: the sufficient statistic of
/// every agreement measure that does not ask who gave which label.
///
/// A million items with five labels in five categories are 126 patterns, so that measures and their bootstraps take
/// time in the patterns, not in the items. Patterns are kept in lexicographic order, whatever order the items came in:
/// results are the same to the last bit.
public final class CategoryCounts {
    private final int categories;
    private final int[][] patterns;
    private final long[] multiplicities;

    private CategoryCounts(int categories, int[][] patterns, long[] multiplicities) {
        this.categories = categories;
        this.patterns = patterns;
        this.multiplicities = multiplicities;
    }

    public static Builder builder(int categories) {
        return new Builder(categories);
    }

    /// @param items one array an item: the number of its labels in each category
    public static CategoryCounts of(int categories, Collection<int[]> items) {
        Builder builder = builder(categories);
        items.forEach(builder::add);
        return builder.build();
    }

    public int categories() {
        return categories;
    }

    /// Number of distinct count vectors.
    public int patterns() {
        return patterns.length;
    }

    /// Labels of this category on each item of this pattern.
    public int count(int pattern, int category) {
        return patterns[pattern][category];
    }

    /// Labels on each item of this pattern.
    public int labels(int pattern) {
        return Arrays.stream(patterns[pattern]).sum();
    }

    /// Number of items that have this pattern.
    public long multiplicity(int pattern) {
        return multiplicities[pattern];
    }

    public long items() {
        return Arrays.stream(multiplicities).sum();
    }

    public long labels() {
        long labels = 0;
        for (int pattern = 0; pattern < patterns.length; pattern++) {
            labels += multiplicities[pattern] * labels(pattern);
        }
        return labels;
    }

    /// Items with at least two labels: only these say anything about agreement.
    public long pairableItems() {
        long items = 0;
        for (int pattern = 0; pattern < patterns.length; pattern++) {
            items += labels(pattern) >= 2 ? multiplicities[pattern] : 0;
        }
        return items;
    }

    /// Two categories instead of all: this one, and every other one.
    public CategoryCounts versusRest(int category) {
        Builder builder = builder(2);
        for (int pattern = 0; pattern < patterns.length; pattern++) {
            int count = patterns[pattern][category];
            builder.addItems(multiplicities[pattern], count, labels(pattern) - count);
        }
        return builder.build();
    }

    /// The same patterns on another number of items each, as a bootstrap draws them.
    CategoryCounts redrawn(long[] times) {
        return new CategoryCounts(categories, patterns, times);
    }

    /// Collects items in any order.
    public static final class Builder {
        private final int categories;
        private final Map<List<Integer>, Long> items = new TreeMap<>(Builder::lexicographically);

        private Builder(int categories) {
            if (categories < 1) {
                throw new IllegalArgumentException("at least one category is needed, got " + categories);
            }
            this.categories = categories;
        }

        public Builder add(int... counts) {
            return addItems(1, counts);
        }

        /// @param times how many items have these counts
        public Builder addItems(long times, int... counts) {
            if (counts.length != categories || Arrays.stream(counts).anyMatch(count -> count < 0)) {
                throw new IllegalArgumentException(
                        "expected " + categories + " counts of 0 or more, got " + Arrays.toString(counts));
            }
            items.merge(Arrays.stream(counts).boxed().toList(), times, Long::sum);
            return this;
        }

        public CategoryCounts build() {
            return new CategoryCounts(
                    categories,
                    items.keySet().stream()
                            .map(counts ->
                                    counts.stream().mapToInt(Integer::intValue).toArray())
                            .toArray(int[][]::new),
                    items.values().stream().mapToLong(Long::longValue).toArray());
        }

        private static int lexicographically(List<Integer> left, List<Integer> right) {
            for (int i = 0; i < left.size(); i++) {
                int order = Integer.compare(left.get(i), right.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }
    }
}
