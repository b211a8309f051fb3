package dev.tiebreak.statistics.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Rankings of some or all items, with or without ties, whole or only their top.
///
/// An item that a ranking does not name was not shown. The `rest` of a ranking was shown and ranked below all
/// others, in an order that nobody told.
public final class Rankings {
    private final int items;
    private final List<Ranking> rankings;

    private Rankings(int items, List<Ranking> rankings) {
        this.items = items;
        this.rankings = rankings;
    }

    /// One ranking: its items, best first, cut into groups of equals.
    ///
    /// @param bestFirst all items that were shown, the rest last
    /// @param ends where each group ends; items after the last end are the rest
    /// @param weight how many equal rankings it stands for
    record Ranking(int[] bestFirst, int[] ends, double weight) {
        int start(int group) {
            return group == 0 ? 0 : ends[group - 1];
        }

        int size(int group) {
            return ends[group] - start(group);
        }

        /// Items from which this group was chosen.
        int remaining(int group) {
            return bestFirst.length - start(group);
        }
    }

    /// @param items how many there are, ranked or not
    public static Builder builder(int items) {
        return new Builder(items);
    }

    /// Each comparison is a ranking of two.
    public static Rankings ofPairs(PairCounts counts) {
        Builder rankings = builder(counts.items());
        for (int lower = 0; lower < counts.items(); lower++) {
            for (int pair = counts.start(lower); pair < counts.end(lower); pair++) {
                int higher = counts.higher(pair);
                rankings.ordering(counts.winsOfLower(pair), lower, higher);
                rankings.ordering(counts.winsOfHigher(pair), higher, lower);
                rankings.add(counts.ties(pair), List.of(new int[] {lower, higher}), new int[0]);
            }
        }
        return rankings.build();
    }

    public int items() {
        return items;
    }

    public int size() {
        return rankings.size();
    }

    List<Ranking> all() {
        return rankings;
    }

    /// Collects rankings; their order is kept.
    public static final class Builder {
        private final int items;
        private final List<Ranking> rankings = new ArrayList<>();

        private Builder(int items) {
            this.items = items;
        }

        /// Items best first, without ties.
        public Builder ordering(int... bestFirst) {
            return ordering(1, bestFirst);
        }

        public Builder ordering(double weight, int... bestFirst) {
            return top(weight, bestFirst, new int[0]);
        }

        /// The best few of the items shown.
        ///
        /// @param rest shown too, in no known order
        public Builder top(double weight, int[] bestFirst, int[] rest) {
            return add(
                    weight,
                    Arrays.stream(bestFirst).mapToObj(item -> new int[] {item}).toList(),
                    rest);
        }

        /// A rank for each item, 1 the best, equal ranks a tie, 0 not shown.
        public Builder ranks(double weight, int... rankOfItem) {
            List<int[]> groups = Arrays.stream(rankOfItem)
                    .filter(rank -> rank > 0)
                    .sorted()
                    .distinct()
                    .mapToObj(rank -> IntStream.range(0, rankOfItem.length)
                            .filter(item -> rankOfItem[item] == rank)
                            .toArray())
                    .toList();
            return add(weight, groups, new int[0]);
        }

        /// Groups of equals, best first.
        ///
        /// @param weight 0 or more; 0 adds nothing
        /// @param rest shown too, below all groups, in no known order
        public Builder add(double weight, List<int[]> groups, int[] rest) {
            int[] bestFirst = IntStream.concat(groups.stream().flatMapToInt(Arrays::stream), Arrays.stream(rest))
                    .toArray();
            requireItemsOnce(bestFirst);
            if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a ranking weighs 0 or more, got " + weight);
            }
            int[] ends = groups.stream().mapToInt(group -> group.length).toArray();
            Arrays.parallelPrefix(ends, Integer::sum);
            if (weight > 0) {
                rankings.add(new Ranking(bestFirst, ends, weight));
            }
            return this;
        }

        private void requireItemsOnce(int... ranked) {
            boolean[] seen = new boolean[items];
            for (int item : ranked) {
                if (item < 0 || item >= items || seen[item]) {
                    throw new IllegalArgumentException(
                            "a ranking of " + items + " items names item " + item + " twice, or there is none such");
                }
                seen[item] = true;
            }
        }

        public Rankings build() {
            return new Rankings(items, List.copyOf(rankings));
        }
    }
}
