package dev.tiebreak.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Who gave which label to what: three columns of numbers from 0 up, ordered by item, then annotator, then category.
///
/// The order in which labels came in leaves no trace, so that results are the same to the last bit. An annotator may
/// label an item more than once: each is a label of its own.
public final class Labels {
    private final int annotators;
    private final int categories;
    /// Labels of item i stand at `starts[i] … starts[i + 1]`.
    private final int[] starts;
    private final int[] annotatorOf;
    private final int[] categoryOf;

    private Labels(int annotators, int categories, int[] starts, int[] annotatorOf, int[] categoryOf) {
        this.annotators = annotators;
        this.categories = categories;
        this.starts = starts;
        this.annotatorOf = annotatorOf;
        this.categoryOf = categoryOf;
    }

    public static Builder builder(int categories) {
        return new Builder(categories);
    }

    public int items() {
        return starts.length - 1;
    }

    public int annotators() {
        return annotators;
    }

    public int categories() {
        return categories;
    }

    public int size() {
        return annotatorOf.length;
    }

    /// The first label of this item; the labels of an item stand together, up to [#end].
    public int start(int item) {
        return starts[item];
    }

    public int end(int item) {
        return starts[item + 1];
    }

    public int annotator(int label) {
        return annotatorOf[label];
    }

    public int category(int label) {
        return categoryOf[label];
    }

    /// Collects labels in any order. Room for 2³¹ − 9 of them, 12 bytes each while collecting.
    public static final class Builder {
        private final int categories;
        private int[] item = new int[1024];
        private int[] annotator = new int[1024];
        private int[] category = new int[1024];
        private int size;
        private int items;
        private int annotators;

        private Builder(int categories) {
            if (categories < 1) {
                throw new IllegalArgumentException("at least one category is needed, got " + categories);
            }
            this.categories = categories;
        }

        public Builder add(int item, int annotator, int category) {
            if (item < 0 || annotator < 0 || category < 0 || category >= categories) {
                throw new IllegalArgumentException("no label of " + categories + " categories: item " + item
                        + ", annotator " + annotator + ", category " + category);
            }
            if (size == this.item.length) {
                int room = (int) Math.min(size * 2L, Integer.MAX_VALUE - 8);
                this.item = Arrays.copyOf(this.item, room);
                this.annotator = Arrays.copyOf(this.annotator, room);
                this.category = Arrays.copyOf(this.category, room);
            }
            this.item[size] = item;
            this.annotator[size] = annotator;
            this.category[size] = category;
            size++;
            items = Math.max(items, item + 1);
            annotators = Math.max(annotators, annotator + 1);
            return this;
        }

        /// Items and annotators are as many as the highest number says; those without a label have none.
        public Labels build() {
            int[] starts = new int[items + 1];
            for (int i = 0; i < size; i++) {
                starts[item[i] + 1]++;
            }
            for (int i = 0; i < items; i++) {
                starts[i + 1] += starts[i];
            }
            long[] sorted = annotatorsAndCategories(starts);
            int[] annotatorOf = new int[size];
            int[] categoryOf = new int[size];
            for (int i = 0; i < size; i++) {
                annotatorOf[i] = (int) (sorted[i] >>> 32);
                categoryOf[i] = (int) sorted[i];
            }
            return new Labels(annotators, categories, starts, annotatorOf, categoryOf);
        }

        /// By item, then annotator, then category: the last two in one number.
        private long[] annotatorsAndCategories(int... starts) {
            int[] next = starts.clone();
            long[] sorted = new long[size];
            for (int i = 0; i < size; i++) {
                sorted[next[item[i]]++] = (long) annotator[i] << 32 | category[i];
            }
            IntStream.range(0, items).parallel().forEach(at -> Arrays.sort(sorted, starts[at], starts[at + 1]));
            return sorted;
        }
    }
}
