package dev.tiebreak.statistics.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How often each of two items won against the other, and how often they tied: comparisons counted by unordered pair.
///
/// Pairs are ordered by their lower item, then their higher one, whatever order comparisons came in, so that results
/// are the same to the last bit. The pairs of item i with higher items stand at `start(i) … end(i)`; those with lower
/// items are found through [#lowerPair]. 36 bytes a pair.
public final class PairCounts {
    private final int items;
    /// Pairs of item i with higher items stand at `starts[i] … starts[i + 1]`.
    private final int[] starts;
    private final int[] higher;
    /// Wins of the lower item, wins of the higher, ties, for each pair.
    private final double[] counts;
    /// Pairs of item i with lower items are listed at `lowerStarts[i] … lowerStarts[i + 1]`.
    private final int[] lowerStarts;
    private final int[] lowerItem;
    private final int[] lowerPair;

    private PairCounts(int items, int[] starts, int[] higher, double[] counts) {
        this.items = items;
        this.starts = starts;
        this.higher = higher;
        this.counts = counts;
        lowerStarts = new int[items + 1];
        for (int item : higher) {
            lowerStarts[item + 1]++;
        }
        Arrays.parallelPrefix(lowerStarts, Integer::sum);
        lowerItem = new int[higher.length];
        lowerPair = new int[higher.length];
        int[] next = lowerStarts.clone();
        for (int lower = 0; lower < items; lower++) {
            for (int pair = starts[lower]; pair < starts[lower + 1]; pair++) {
                int place = next[higher[pair]]++;
                lowerItem[place] = lower;
                lowerPair[place] = pair;
            }
        }
    }

    public static Builder builder() {
        return new Builder(0);
    }

    /// @param items how many there are at least: those never compared count as well
    public static Builder builder(int items) {
        return new Builder(items);
    }

    /// @param wins `[n, n]`, how often the row's item won against the column's
    /// @param ties `[n, n]`, symmetric
    public static PairCounts of(double[][] wins, double[][] ties) {
        Builder counts = new Builder(wins.length);
        for (int i = 0; i < wins.length; i++) {
            for (int j = i + 1; j < wins.length; j++) {
                if (wins[i][j] + wins[j][i] + ties[i][j] > 0) {
                    counts.add(i, j, wins[i][j], wins[j][i], ties[i][j]);
                }
            }
        }
        return counts.build();
    }

    /// @param wins `[n, n]`, how often the row's item won against the column's; there are no ties
    public static PairCounts of(double[][] wins) {
        return of(wins, new double[wins.length][wins.length]);
    }

    public int items() {
        return items;
    }

    /// Pairs that were compared at least once.
    public int pairs() {
        return higher.length;
    }

    /// The first pair of this item with a higher one; they stand together, up to [#end].
    public int start(int lower) {
        return starts[lower];
    }

    public int end(int lower) {
        return starts[lower + 1];
    }

    public int higher(int pair) {
        return higher[pair];
    }

    public double winsOfLower(int pair) {
        return counts[3 * pair];
    }

    public double winsOfHigher(int pair) {
        return counts[3 * pair + 1];
    }

    public double ties(int pair) {
        return counts[3 * pair + 2];
    }

    /// Comparisons of the pair, ties included.
    public double comparisons(int pair) {
        return counts[3 * pair] + counts[3 * pair + 1] + counts[3 * pair + 2];
    }

    /// The first place in the list of this item's pairs with lower items; up to [#lowerEnd].
    public int lowerStart(int item) {
        return lowerStarts[item];
    }

    public int lowerEnd(int item) {
        return lowerStarts[item + 1];
    }

    /// The lower item of the pair at this place of the list.
    public int lowerItem(int place) {
        return lowerItem[place];
    }

    /// The pair at this place of the list.
    public int lowerPair(int place) {
        return lowerPair[place];
    }

    /// Only comparisons that somebody won.
    public PairCounts withoutTies() {
        Builder decided = new Builder(items);
        for (int lower = 0; lower < items; lower++) {
            for (int pair = starts[lower]; pair < starts[lower + 1]; pair++) {
                decided.add(lower, higher[pair], winsOfLower(pair), winsOfHigher(pair), 0);
            }
        }
        return decided.build();
    }

    Groups groups() {
        return Groups.ofPairs(items, starts, higher, counts);
    }

    /// All comparisons, ties included.
    public double comparisons() {
        double sum = 0;
        for (double count : counts) {
            sum += count;
        }
        return sum;
    }

    public double ties() {
        double sum = 0;
        for (int pair = 0; pair < higher.length; pair++) {
            sum += ties(pair);
        }
        return sum;
    }

    /// Collects comparisons in any order and counts those of a pair together from time to time, so that 10⁷ different
    /// pairs take 0.7 GB at most and many comparisons of few pairs less.
    public static final class Builder {
        private static final int LARGEST_CHUNK = 1 << 18;
        /// Rows after which those of one pair are first counted together.
        private static final int FIRST_COUNT = 1 << 23;

        private record Chunk(int[] lower, int[] higher, double[] counts) {
            Chunk(int rows) {
                this(new int[rows], new int[rows], new double[3 * rows]);
            }
        }

        private final List<Chunk> full = new ArrayList<>();
        private Chunk chunk = new Chunk(64);
        private int inChunk;
        private int size;
        private int countAt = FIRST_COUNT;
        private int items;
        private boolean whole = true;

        private Builder(int items) {
            this.items = items;
        }

        public Builder add(int left, int right, Outcome outcome) {
            return add(left, right, outcome, 1);
        }

        /// @param weight how many comparisons end so
        public Builder add(int left, int right, Outcome outcome, double weight) {
            return switch (outcome) {
                case LEFT -> add(left, right, weight, 0, 0);
                case RIGHT -> add(left, right, 0, weight, 0);
                case TIE -> add(left, right, 0, 0, weight);
            };
        }

        public Builder add(int left, int right, double winsOfLeft, double winsOfRight, double ties) {
            if (left < 0 || right < 0 || left == right) {
                throw new IllegalArgumentException("no pair of items: " + left + " and " + right);
            }
            double sum = winsOfLeft + winsOfRight + ties;
            if (!(winsOfLeft >= 0 && winsOfRight >= 0 && ties >= 0 && sum < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "no counts: " + winsOfLeft + ", " + winsOfRight + " wins, " + ties + " ties");
            }
            if (sum > 0) {
                append(left, right, winsOfLeft, winsOfRight, ties);
            }
            items = Math.max(items, Math.max(left, right) + 1);
            return this;
        }

        private void append(int left, int right, double winsOfLeft, double winsOfRight, double ties) {
            if (size >= countAt) {
                countTogether();
            }
            if (inChunk == chunk.lower.length) {
                full.add(chunk);
                chunk = new Chunk(Math.min(LARGEST_CHUNK, 2 * inChunk));
                inChunk = 0;
            }
            boolean ordered = left < right;
            chunk.lower[inChunk] = ordered ? left : right;
            chunk.higher[inChunk] = ordered ? right : left;
            chunk.counts[3 * inChunk] = ordered ? winsOfLeft : winsOfRight;
            chunk.counts[3 * inChunk + 1] = ordered ? winsOfRight : winsOfLeft;
            chunk.counts[3 * inChunk + 2] = ties;
            whole &= Math.rint(2 * winsOfLeft) == 2 * winsOfLeft
                    && Math.rint(2 * winsOfRight) == 2 * winsOfRight
                    && Math.rint(2 * ties) == 2 * ties;
            inChunk++;
            size++;
        }

        private void countTogether() {
            if (!whole) {
                countAt =
                        Integer.MAX_VALUE; // sums of such weights depend on their order: keep all, sort them at the end
                return;
            }
            PairCounts counted = build();
            countAt = Math.max(FIRST_COUNT, 2 * counted.pairs());
            for (int lower = 0; lower < counted.items; lower++) {
                for (int pair = counted.starts[lower]; pair < counted.starts[lower + 1]; pair++) {
                    append(
                            lower,
                            counted.higher[pair],
                            counted.winsOfLower(pair),
                            counted.winsOfHigher(pair),
                            counted.ties(pair));
                }
            }
        }

        /// The counts; the builder is empty afterwards.
        public PairCounts build() {
            full.add(chunk);
            int[] starts = new int[items + 1];
            eachRow((rows, row) -> starts[rows.lower[row] + 1]++);
            Arrays.parallelPrefix(starts, Integer::sum);
            int[] next = starts.clone();
            int[] higher = new int[size];
            double[] counts = new double[3 * size];
            eachRowOnce((rows, row) -> {
                int place = next[rows.lower[row]]++;
                higher[place] = rows.higher[row];
                System.arraycopy(rows.counts, 3 * row, counts, 3 * place, 3);
            });
            int pairs = new Merge(items, higher, counts, whole).each(starts);
            size = 0;
            return new PairCounts(
                    items,
                    starts,
                    pairs == higher.length ? higher : Arrays.copyOf(higher, pairs),
                    pairs == higher.length ? counts : Arrays.copyOf(counts, 3 * pairs));
        }

        private interface Row {
            void visit(Chunk rows, int row);
        }

        private void eachRow(Row visitor) {
            for (Chunk rows : full) {
                visit(rows, visitor);
            }
        }

        /// Lets go of each chunk after its visit, for memory.
        private void eachRowOnce(Row visitor) {
            for (int i = 0; i < full.size(); i++) {
                visit(full.get(i), visitor);
                full.set(i, chunk);
            }
            full.clear();
            chunk = new Chunk(64);
            inChunk = 0;
        }

        private void visit(Chunk rows, Row visitor) {
            int filled = rows == chunk ? inChunk : rows.lower.length;
            for (int row = 0; row < filled; row++) {
                visitor.visit(rows, row);
            }
        }
    }

    /// Orders the rows of each lower item by their higher one, and adds up those of one pair, all in place.
    private static final class Merge {
        private final int items;
        private final int[] higher;
        private final double[] counts;
        private final boolean whole;
        /// Counts by higher item, all zero between two lower ones; made where it is needed.
        private double[] byHigher = new double[0];

        private int pairs;

        Merge(int items, int[] higher, double[] counts, boolean whole) {
            this.items = items;
            this.higher = higher;
            this.counts = counts;
            this.whole = whole;
        }

        /// @param starts of the rows of each lower item, afterwards of its pairs
        /// @return how many pairs there are
        int each(int[] starts) {
            int from = 0;
            for (int lower = 0; lower + 1 < starts.length; lower++) {
                int to = starts[lower + 1];
                // whole and half counts add up exactly in any order, others are put in order first
                if (whole && to - from >= items - lower - 1) {
                    addByHigher(lower, from, to);
                } else {
                    sortAndAdd(from, to);
                }
                from = to;
                starts[lower + 1] = pairs;
            }
            return pairs;
        }

        /// Where an item has as many rows as there are others: no sort is needed.
        private void addByHigher(int lower, int from, int to) {
            if (byHigher.length == 0) {
                byHigher = new double[3 * items];
            }
            for (int row = from; row < to; row++) {
                for (int kind = 0; kind < 3; kind++) {
                    byHigher[3 * higher[row] + kind] += counts[3 * row + kind];
                }
            }
            for (int item = lower + 1; item < items; item++) {
                if (byHigher[3 * item] + byHigher[3 * item + 1] + byHigher[3 * item + 2] > 0) {
                    higher[pairs] = item;
                    System.arraycopy(byHigher, 3 * item, counts, 3 * pairs, 3);
                    pairs++;
                }
            }
            Arrays.fill(byHigher, 3 * lower + 3, 3 * items, 0);
        }

        private void sortAndAdd(int from, int to) {
            long[] order = new long[to - from];
            for (int i = 0; i < order.length; i++) {
                order[i] = (long) higher[from + i] << 32 | i;
            }
            Arrays.sort(order);
            double[] unsorted = Arrays.copyOfRange(counts, 3 * from, 3 * to);
            for (int i = 0, end; i < order.length; i = end) {
                int item = (int) (order[i] >>> 32);
                end = i + 1;
                while (end < order.length && (int) (order[end] >>> 32) == item) {
                    end++;
                }
                higher[pairs] = item;
                for (int kind = 0; kind < 3; kind++) {
                    counts[3 * pairs + kind] = sum(unsorted, order, i, end, kind);
                }
                pairs++;
            }
        }

        private double sum(double[] rows, long[] order, int from, int to, int kind) {
            if (to == from + 1) {
                return rows[3 * (int) order[from] + kind];
            }
            double[] values = new double[to - from];
            for (int i = from; i < to; i++) {
                values[i - from] = rows[3 * (int) order[i] + kind];
            }
            if (!whole) {
                Arrays.sort(values);
            }
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum;
        }
    }
}
