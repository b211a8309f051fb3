package dev.tiebreak.cli.statistics;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Numbers for texts, from 0 up in the order in which they appear.
final class Names {
    private final Map<String, Integer> numbers = new HashMap<>();

    int number(String name) {
        Integer known = numbers.get(name);
        if (known == null) {
            known = numbers.size();
            numbers.put(name, known);
        }
        return known;
    }

    /// All names in a fixed order, whatever order the file had: numbers by size when all are numbers, else as text.
    Sorted sorted() {
        List<String> inOrder = numbers.keySet().stream().sorted(order()).toList();
        return new Sorted(inOrder, places(inOrder));
    }

    /// Where each name stands in a list that holds them all, by the number it had when it was met.
    int[] places(List<String> names) {
        int[] place = new int[numbers.size()];
        IntStream.range(0, names.size())
                .filter(i -> numbers.containsKey(names.get(i)))
                .forEach(i -> place[number(names.get(i))] = i);
        return place;
    }

    private Comparator<String> order() {
        return numbers.keySet().stream().allMatch(Names::isNumber)
                ? Comparator.comparingDouble(Double::parseDouble).thenComparing(Comparator.naturalOrder())
                : Comparator.naturalOrder();
    }

    static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /// @param place of each name, by the number it had when it was met
    record Sorted(List<String> names, int[] place) {}
}
