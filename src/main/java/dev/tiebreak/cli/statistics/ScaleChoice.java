package dev.tiebreak.cli.statistics;

import dev.tiebreak.cli.CommandException;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/// The level of a label column, and its scale where one was declared.
///
/// @param declared every level of the scale, the lowest first; empty to take the labels that occur
record ScaleChoice(Level level, List<String> declared) {

    ScaleChoice {
        Set<String> seen = new HashSet<>();
        declared.forEach(name -> {
            if (name.isEmpty() || !seen.add(name)) {
                throw new CommandException("--scale has an empty or doubled level: " + String.join(",", declared));
            }
        });
        boolean numbers = declared.stream().allMatch(Names::isNumber);
        if (!numbers && (level == Level.INTERVAL || level == Level.RATIO)) {
            throw new CommandException(
                    "--scale of level " + level + " is made of numbers, got " + String.join(",", declared));
        }
        if (numbers && level != Level.NOMINAL) {
            requireAscending(declared);
        }
        if (level == Level.RATIO && !declared.isEmpty() && Double.parseDouble(declared.getFirst()) < 0) {
            throw new CommandException("--scale of level ratio has nothing below 0, got " + declared.getFirst());
        }
    }

    private static void requireAscending(List<String> declared) {
        for (int i = 1; i < declared.size(); i++) {
            if (Double.parseDouble(declared.get(i)) <= Double.parseDouble(declared.get(i - 1))) {
                throw new CommandException("--scale has the lowest level first, but " + declared.get(i)
                        + " stands after " + declared.get(i - 1));
            }
        }
    }

    /// The label in this cell, numbers of equal value written alike.
    ///
    /// @throws CommandException naming line and column when it has no place on the scale
    String label(TableRow row, int column) {
        String text = row.text(column);
        if (declared.contains(text) || level == Level.NOMINAL && declared.isEmpty()) {
            return text;
        }
        if (!declared.isEmpty() && !declared.stream().allMatch(Names::isNumber)) {
            throw row.problem(column, "is " + row.quoted(column) + ", which --scale does not have");
        }
        OptionalDouble number = row.number(column);
        if (number.isEmpty()) {
            throw row.problem(
                    column,
                    "is " + row.quoted(column) + ", no number; name the levels with --scale, or use --level nominal");
        }
        if (level == Level.RATIO && number.getAsDouble() < 0) {
            throw row.problem(column, "is " + row.quoted(column) + "; a ratio scale has nothing below 0");
        }
        return onScale(row, column, number.getAsDouble());
    }

    private String onScale(TableRow row, int column, double number) {
        if (declared.isEmpty()) {
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? String.valueOf((long) number)
                    : String.valueOf(number);
        }
        return declared.stream()
                .filter(name -> Double.parseDouble(name) == number)
                .findFirst()
                .orElseThrow(() -> row.problem(column, "is " + row.quoted(column) + ", which --scale does not have"));
    }

    /// @param found the labels that occur, in order
    Scale scale(List<String> found) {
        List<String> names = declared.isEmpty() ? found : declared;
        boolean numbers = names.stream().allMatch(Names::isNumber);
        double[] values = IntStream.range(0, names.size())
                .mapToDouble(i -> numbers ? Double.parseDouble(names.get(i)) : i + 1)
                .toArray();
        return new Scale(level, names, values);
    }
}
