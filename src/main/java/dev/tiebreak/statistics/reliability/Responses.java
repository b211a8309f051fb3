package dev.tiebreak.statistics.reliability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Who solved which item: rows of persons, columns of items, equal rows counted.
public final class Responses {
    public static final int RIGHT = 1;
    public static final int WRONG = 0;
    public static final int MISSING = -1;

    private final int items;
    private final List<int[]> rows = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    /// Without persons yet.
    public Responses(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("at least one item is needed, got " + items);
        }
        this.items = items;
    }

    /// One person.
    ///
    /// @param row [#RIGHT], [#WRONG] or [#MISSING] for each item
    public Responses add(int... row) {
        return addTimes(1, row);
    }

    /// As many persons with the same row.
    public Responses addTimes(long persons, int... row) {
        if (row.length != items || persons < 0 || Arrays.stream(row).anyMatch(x -> x < MISSING || x > RIGHT)) {
            throw new IllegalArgumentException(
                    items + " responses of 1, 0 or −1 are needed, got " + persons + " times " + Arrays.toString(row));
        }
        if (persons > 0) {
            rows.add(row.clone());
            times.add(persons);
        }
        return this;
    }

    public int items() {
        return items;
    }

    int rows() {
        return rows.size();
    }

    int response(int row, int item) {
        return rows.get(row)[item];
    }

    int[] row(int row) {
        return rows.get(row).clone();
    }

    long times(int row) {
        return times.get(row);
    }
}
