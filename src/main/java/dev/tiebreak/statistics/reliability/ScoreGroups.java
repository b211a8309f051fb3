package dev.tiebreak.statistics.reliability;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Persons who answered the same items and solved as many: all that Rasch's model needs to know of them.
final class ScoreGroups {
    /// @param answered kept items
    /// @param score how many were right
    private record Key(BitSet answered, int score) {}

    private final int items;
    private final List<int[]> answered = new ArrayList<>();
    private final List<Integer> scores = new ArrayList<>();
    private final List<long[]> right = new ArrayList<>();
    private final List<Long> persons = new ArrayList<>();

    private ScoreGroups(int items) {
        this.items = items;
    }

    /// @param kept the items to look at, numbered anew in this order
    static ScoreGroups of(Responses responses, int[] kept) {
        ScoreGroups groups = new ScoreGroups(kept.length);
        Map<Key, Integer> places = new LinkedHashMap<>();
        for (int row = 0; row < responses.rows(); row++) {
            BitSet answered = new BitSet();
            BitSet solved = new BitSet();
            for (int item = 0; item < kept.length; item++) {
                int response = responses.response(row, kept[item]);
                answered.set(item, response != Responses.MISSING);
                solved.set(item, response == Responses.RIGHT);
            }
            if (!answered.isEmpty()) {
                int group = places.computeIfAbsent(new Key(answered, solved.cardinality()), groups::open);
                groups.persons.set(group, groups.persons.get(group) + responses.times(row));
                long times = responses.times(row);
                solved.stream().forEach(item -> groups.right.get(group)[item] += times);
            }
        }
        return groups;
    }

    private int open(Key key) {
        answered.add(key.answered().stream().toArray());
        scores.add(key.score());
        right.add(new long[items]);
        persons.add(0L);
        return scores.size() - 1;
    }

    int items() {
        return items;
    }

    int size() {
        return scores.size();
    }

    int[] answered(int group) {
        return answered.get(group);
    }

    int score(int group) {
        return scores.get(group);
    }

    double persons(int group) {
        return persons.get(group);
    }

    /// Persons of the group who solved the item.
    double right(int group, int item) {
        return right.get(group)[item];
    }

    double right(int item) {
        double sum = 0;
        for (long[] ofGroup : right) {
            sum += ofGroup[item];
        }
        return sum;
    }

    double answers(int item) {
        double sum = 0;
        for (int group = 0; group < size(); group++) {
            for (int one : answered(group)) {
                sum += one == item ? persons(group) : 0;
            }
        }
        return sum;
    }
}
