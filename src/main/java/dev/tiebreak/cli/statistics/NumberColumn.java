package dev.tiebreak.cli.statistics;

import java.util.Arrays;

/// A column of whole numbers that grows, 4 bytes each.
final class NumberColumn {
    private int[] numbers = new int[1024];
    private int size;

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, (int) Math.min(2L * size, Integer.MAX_VALUE - 8));
        }
        numbers[size++] = number;
    }

    int get(int row) {
        return numbers[row];
    }

    int size() {
        return size;
    }
}
