package dev.tiebreak.cli.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A table for people: the first column stands left, the others right, each as wide as it must be.
final class TextTable {
    private static final int LONGEST_NAME = 28;

    private final List<String> heading;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... heading) {
        this.heading = List.of(heading);
    }

    void row(List<String> cells) {
        if (cells.size() != heading.size()) {
            throw new IllegalArgumentException(cells + " does not fit under " + heading);
        }
        rows.add(List.copyOf(cells));
    }

    void row(String... cells) {
        row(List.of(cells));
    }

    /// A name from a file, which may be long or hold line breaks, as a cell.
    static String name(String name) {
        String line = name.replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME - 1) + "…" : line;
    }

    @Override
    public String toString() {
        int[] widths = IntStream.range(0, heading.size())
                .map(column -> Math.max(
                        width(heading.get(column)),
                        rows.stream()
                                .mapToInt(row -> width(row.get(column)))
                                .max()
                                .orElse(0)))
                .toArray();
        StringBuilder text = new StringBuilder();
        line(text, heading, widths);
        rows.forEach(row -> line(text, row, widths));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells, int... widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String space = " ".repeat(widths[column] - width(cells.get(column)));
            line.append(column == 0 ? cells.get(0) + space : "  " + space + cells.get(column));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
