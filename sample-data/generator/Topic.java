package generator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A topic of the small world: a table, ways to ask about a row of it, and ways to answer.
record Topic(String name, List<Map<String, String>> rows, Map<String, List<String>> templates) {

    static Topic read(String block) {
        List<String> lines = block.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        List<String> columns = List.of();
        List<Map<String, String>> rows = new ArrayList<>();
        Map<String, List<String>> templates = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(": ", 2);
            if (line.startsWith("columns: ")) {
                columns = List.of(parts[1].split(", "));
            } else if (line.matches("(ask|kind|plain|curt): .*")) {
                templates.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
            } else {
                rows.add(row(columns, line));
            }
        }
        return new Topic(lines.getFirst(), rows, templates);
    }

    private static Map<String, String> row(List<String> columns, String line) {
        String[] cells = line.split(" \\| ");
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(columns.size() + " cells expected: " + line);
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            row.put(columns.get(i), cells[i]);
        }
        return row;
    }

    String ask(Map<String, String> row, int way) {
        return Phrase.fill(templates.get("ask").get(way), row, new Random(0)); // a question offers no choices
    }

    int waysToAsk() {
        return templates.get("ask").size();
    }

    String answer(Style style, Map<String, String> row, Random random) {
        List<String> ways = templates.get(style.key());
        return Phrase.fill(ways.get(random.nextInt(ways.size())), row, random);
    }
}
