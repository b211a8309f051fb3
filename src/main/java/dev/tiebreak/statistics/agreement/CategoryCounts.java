package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Labels;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.IntStream;

/// How many labels of each category every item has, items with equal counts grouped: the sufficient statistic of
/// every agreement measure that does not ask who gave which label.
///
/// A million items with five labels in five categories are 126 patterns, so that measures and their bootstraps take
/// time in the patterns, not in the items. Patterns are kept in lexicographic order, whatever order the items came in:
/// results are the same to the last bit.
public final class CategoryCounts {
    private final int categories;
    /// `[patterns × categories]`, row by row.
    private final int[] counts;
    private final int[] labels;
    private final long[] multiplicities;

    private CategoryCounts(int categories, int[] counts, int[] labels, long[] multiplicities) {
        this.categories = categories;
        this.counts = counts;
        this.labels = labels;
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

    /// Who gave a label is forgotten; items without a label are left out.
    public static CategoryCounts of(Labels labels) {
        Builder builder = builder(labels.categories());
        for (int item = 0; item < labels.items(); item++) {
            if (labels.end(item) > labels.start(item)) {
                builder.add(ofItem(labels, item));
            }
        }
        return builder.build();
    }

    static int[] ofItem(Labels labels, int item) {
        int[] counts = new int[labels.categories()];
        for (int label = labels.start(item); label < labels.end(item); label++) {
            counts[labels.category(label)]++;
        }
        return counts;
    }

    public int categories() {
        return categories;
    }

    /// Number of distinct count vectors.
    public int patterns() {
        return multiplicities.length;
    }

    /// Labels of this category on each item of this pattern.
    public int count(int pattern, int category) {
        return counts[pattern * categories + category];
    }

    /// Labels on each item of this pattern.
    public int labels(int pattern) {
        return labels[pattern];
    }

    /// Number of items that have this pattern.
    public long multiplicity(int pattern) {
        return multiplicities[pattern];
    }

    public long items() {
        return Arrays.stream(multiplicities).sum();
    }

    public long labels() {
        return IntStream.range(0, patterns())
                .mapToLong(pattern -> multiplicities[pattern] * labels[pattern])
                .sum();
    }

    /// Items with at least two labels: only these say anything about agreement.
    public long pairableItems() {
        return IntStream.range(0, patterns())
                .filter(pattern -> labels[pattern] >= 2)
                .mapToLong(this::multiplicity)
                .sum();
    }

    /// Two categories instead of all: this one, and every other one.
    public CategoryCounts versusRest(int category) {
        Builder builder = builder(2);
        for (int pattern = 0; pattern < patterns(); pattern++) {
            int count = count(pattern, category);
            builder.addItems(multiplicities[pattern], count, labels[pattern] - count);
        }
        return builder.build();
    }

    /// The same patterns on another number of items each, as a bootstrap draws them.
    CategoryCounts redrawn(long[] times) {
        return new CategoryCounts(categories, counts, labels, times);
    }

    /// Collects items in any order: an open hash table over rows of one array.
    public static final class Builder {
        private static final int EMPTY = -1;

        private final int categories;
        private int[] counts;
        private long[] multiplicities = new long[16];
        private int patterns;
        private int[] table = table(64);

        private Builder(int categories) {
            if (categories < 1) {
                throw new IllegalArgumentException("at least one category is needed, got " + categories);
            }
            this.categories = categories;
            this.counts = new int[16 * categories];
        }

        public Builder add(int... counts) {
            return addItems(1, counts);
        }

        /// @param times how many items have these counts
        public Builder addItems(long times, int... counts) {
            int pattern = number(counts); // before the array is read: it may grow
            multiplicities[pattern] += times;
            return this;
        }

        /// The number of these counts, from 0 up as they are first met.
        int number(int... counts) {
            requireCounts(counts);
            int slot = slot(counts);
            if (table[slot] == EMPTY) {
                table[slot] = append(counts);
                if (patterns * 2 > table.length) {
                    rehash();
                    return patterns - 1;
                }
            }
            return table[slot];
        }

        private void requireCounts(int... counts) {
            boolean right = counts.length == categories;
            for (int count : counts) {
                right &= count >= 0;
            }
            if (!right) {
                throw new IllegalArgumentException(
                        "expected " + categories + " counts of 0 or more, got " + Arrays.toString(counts));
            }
        }

        /// Where these counts stand in the table, or would stand.
        private int slot(int... counts) {
            int slot = spread(Arrays.hashCode(counts));
            while (table[slot] != EMPTY && !isPattern(table[slot], counts)) {
                slot = slot + 1 & table.length - 1;
            }
            return slot;
        }

        private int spread(int hash) {
            return (hash * 0x9E3779B9 >>> 7) & table.length - 1;
        }

        private boolean isPattern(int pattern, int... counts) {
            int start = pattern * categories;
            return Arrays.equals(this.counts, start, start + categories, counts, 0, categories);
        }

        private int append(int... counts) {
            if (patterns == multiplicities.length) {
                multiplicities = Arrays.copyOf(multiplicities, patterns * 2);
                this.counts = Arrays.copyOf(this.counts, Math.multiplyExact(patterns * 2, categories));
            }
            System.arraycopy(counts, 0, this.counts, patterns * categories, categories);
            return patterns++;
        }

        private void rehash() {
            table = table(table.length * 2);
            for (int pattern = 0; pattern < patterns; pattern++) {
                table[slot(row(pattern))] = pattern;
            }
        }

        private int[] row(int pattern) {
            return Arrays.copyOfRange(counts, pattern * categories, (pattern + 1) * categories);
        }

        private static int[] table(int size) {
            int[] table = new int[size];
            Arrays.fill(table, EMPTY);
            return table;
        }

        /// Numbers of the patterns in lexicographic order, as they stand once built.
        int[] order() {
            return IntStream.range(0, patterns)
                    .boxed()
                    .sorted(Comparator.comparing(this::row, Arrays::compare))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        public CategoryCounts build() {
            int[] order = order();
            int[] sorted = new int[patterns * categories];
            long[] times = new long[patterns];
            int[] labels = new int[patterns];
            for (int at = 0; at < patterns; at++) {
                int[] row = row(order[at]);
                System.arraycopy(row, 0, sorted, at * categories, categories);
                times[at] = multiplicities[order[at]];
                labels[at] = Arrays.stream(row).sum();
            }
            return new CategoryCounts(categories, sorted, labels, times);
        }
    }
}
