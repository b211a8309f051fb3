package dev.tiebreak.statistics.ranking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Comparisons of a worked case, in any of the shapes that tables have: a matrix of wins with or without ties, columns
/// side by side, or rows of cells that a list of column names explains.
record CaseComparisons(List<String> items, ComparisonRows rows) {
    private static final List<String> LEFT = List.of(
            "winner",
            "a",
            "i",
            "left",
            "home",
            "hometeam",
            "item1",
            "itema",
            "player1",
            "first",
            "team1",
            "model_a",
            "modela");
    private static final List<String> RIGHT = List.of(
            "loser",
            "b",
            "j",
            "right",
            "away",
            "awayteam",
            "item2",
            "itemb",
            "player2",
            "second",
            "team2",
            "modelb",
            "opponent");
    private static final List<String> WINS = List.of(
            "awins",
            "wins",
            "wins1",
            "win1",
            "winsa",
            "homewins",
            "leftwins",
            "firstwins",
            "iwins",
            "wini",
            "result",
            "outcome",
            "y",
            "count",
            "n",
            "freq",
            "times",
            "wina",
            "homewin",
            "awin");
    private static final List<String> LOSSES = List.of(
            "bwins",
            "losses",
            "wins2",
            "win2",
            "winsb",
            "awaywins",
            "rightwins",
            "secondwins",
            "jwins",
            "winj",
            "winb",
            "awaywin",
            "alosses",
            "bwin");
    private static final List<String> TIES = List.of("ties", "tie", "draws", "draw", "tied");
    private static final List<String> ANNOTATOR = List.of("annotator", "judge", "rater", "worker");
    private static final List<String> TOTAL = List.of("total", "trials", "games", "ntotal");

    static CaseComparisons read(JsonNode input) {
        if (input.has("wins")) {
            return ofMatrix(input);
        }
        List<String> columns = columns(input);
        List<JsonNode[]> cells = cells(input, columns);
        return ofCells(input, columns, cells);
    }

    private static CaseComparisons ofMatrix(JsonNode input) {
        JsonNode wins = input.path("wins");
        List<String> items = names(
                input,
                wins.isObject()
                        ? wins.propertyStream()
                                .map(property -> property.getKey())
                                .toList()
                        : IntStream.range(0, wins.size())
                                .mapToObj(String::valueOf)
                                .toList());
        ComparisonRows.Builder rows = ComparisonRows.builder().items(items.size());
        for (int i = 0; i < items.size(); i++) {
            for (int j = 0; j < items.size(); j++) {
                if (i != j) {
                    rows.weighted(cell(wins, items, i, j), i, j, Outcome.LEFT, ComparisonRows.NOBODY);
                }
                if (i < j) {
                    double ties =
                            Math.max(cell(input.path("ties"), items, i, j), cell(input.path("ties"), items, j, i));
                    rows.weighted(ties, i, j, Outcome.TIE, ComparisonRows.NOBODY);
                }
            }
        }
        return new CaseComparisons(items, rows.build());
    }

    private static double cell(JsonNode matrix, List<String> items, int row, int column) {
        JsonNode cells = matrix.isObject() ? matrix.path(items.get(row)) : matrix.path(row);
        return number(cells.isObject() ? cells.path(items.get(column)) : cells.path(column));
    }

    private static double number(JsonNode cell) {
        return cell.isNumber() ? cell.asDouble() : cell.isBoolean() && cell.asBoolean() ? 1 : 0;
    }

    private static List<String> columns(JsonNode input) {
        if (input.path("columns").isArray()) {
            return input.path("columns")
                    .valueStream()
                    .map(column -> plain(column.asString()))
                    .toList();
        }
        if (input.path("columns").isString()) {
            return Stream.of(input.path("columns").asString().split("[,;|]"))
                    .map(CaseComparisons::plain)
                    .toList();
        }
        if (input.has("order")) {
            return Stream.of(input.path("order").asString().split("[,;>]| beats "))
                    .map(CaseComparisons::plain)
                    .toList();
        }
        if (input.has("a")) {
            return Stream.of("a", "b", "awins", "bwins", "ties", "annotator", "lengthdiff")
                    .filter(name -> input.propertyStream()
                            .anyMatch(p -> plain(p.getKey()).equals(name)))
                    .toList();
        }
        JsonNode first = rows(input).path(0);
        return first.isObject()
                ? first.propertyStream()
                        .map(property -> plain(property.getKey()))
                        .toList()
                : List.of("winner", "loser", "count");
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static JsonNode rows(JsonNode input) {
        return input.has("rows") ? input.path("rows") : input.path("comparisons");
    }

    private static List<JsonNode[]> cells(JsonNode input, List<String> columns) {
        List<JsonNode[]> cells = new ArrayList<>();
        if (input.has("a")) {
            for (int row = 0; row < input.path("a").size(); row++) {
                int at = row;
                cells.add(columns.stream()
                        .map(name -> input.propertyStream()
                                .filter(property -> plain(property.getKey()).equals(name))
                                .findFirst()
                                .orElseThrow()
                                .getValue()
                                .path(at))
                        .toArray(JsonNode[]::new));
            }
            return cells;
        }
        rows(input)
                .forEach(row -> cells.add(
                        row.isObject()
                                ? columns.stream()
                                        .map(name -> row.propertyStream()
                                                .filter(property ->
                                                        plain(property.getKey()).equals(name))
                                                .findFirst()
                                                .orElseThrow()
                                                .getValue())
                                        .toArray(JsonNode[]::new)
                                : row.valueStream().toArray(JsonNode[]::new)));
        return cells;
    }

    private static CaseComparisons ofCells(JsonNode input, List<String> columns, List<JsonNode[]> cells) {
        int left = place(columns, LEFT).orElse(0);
        int right = place(columns, RIGHT).orElse(1);
        OptionalInt wins = place(columns, WINS);
        OptionalInt losses = place(columns, LOSSES);
        OptionalInt ties = place(columns, TIES);
        OptionalInt total = place(columns, TOTAL);
        OptionalInt annotator = place(columns, ANNOTATOR);
        OptionalInt length = place(columns, List.of("lengthdiff", "length"));
        boolean counts = wins.isEmpty()
                || columns.get(left).equals("winner")
                || List.of("count", "n", "freq", "times").contains(columns.get(wins.getAsInt()));
        List<String> items = items(input, cells, left, right);
        int offset = offset(items, input, cells, left, right);
        ComparisonRows.Builder rows =
                (length.isPresent() ? ComparisonRows.builder("length") : ComparisonRows.builder()).items(items.size());
        Map<String, Integer> annotators = new HashMap<>();
        for (JsonNode[] row : cells) {
            int a = item(items, row[left], offset);
            int b = item(items, row[right], offset);
            double won = wins.isPresent() && wins.getAsInt() < row.length ? number(row[wins.getAsInt()]) : 1;
            double lost = losses.isPresent()
                    ? number(row[losses.getAsInt()])
                    : total.isPresent() ? number(row[total.getAsInt()]) - won : counts ? 0 : 1 - won;
            int judge = annotator.isPresent()
                    ? annotators.computeIfAbsent(row[annotator.getAsInt()].asString(), _ -> annotators.size())
                    : ComparisonRows.NOBODY;
            double[] covariates = length.isPresent() ? new double[] {number(row[length.getAsInt()])} : new double[0];
            if (won == 0.5 && lost == 0.5) {
                rows.weighted(1, a, b, Outcome.TIE, judge, covariates);
            } else {
                rows.weighted(won, a, b, Outcome.LEFT, judge, covariates);
                rows.weighted(lost, a, b, Outcome.RIGHT, judge, covariates);
            }
            if (ties.isPresent()) {
                rows.weighted(number(row[ties.getAsInt()]), a, b, Outcome.TIE, judge, covariates);
            }
        }
        return new CaseComparisons(items, rows.build());
    }

    private static OptionalInt place(List<String> columns, List<String> names) {
        return IntStream.range(0, columns.size())
                .filter(column -> names.contains(columns.get(column)))
                .findFirst();
    }

    private static List<String> names(JsonNode input, List<String> otherwise) {
        return input.path("items").isArray()
                ? input.path("items").valueStream().map(JsonNode::asString).toList()
                : otherwise;
    }

    private static List<String> items(JsonNode input, List<JsonNode[]> cells, int left, int right) {
        boolean numbers = cells.stream().allMatch(row -> row[left].isNumber() && row[right].isNumber());
        if (!numbers) { // R's factors are in alphabetical order
            return names(
                    input,
                    cells.stream()
                            .flatMap(row -> Stream.of(row[left].asString(), row[right].asString()))
                            .distinct()
                            .sorted()
                            .toList());
        }
        IntStream all = cells.stream().flatMapToInt(row -> IntStream.of(row[left].asInt(), row[right].asInt()));
        int[] seen = all.toArray();
        int lowest = IntStream.of(seen).min().orElse(0);
        int highest = IntStream.of(seen).max().orElse(-1);
        int n = input.has("n_items") ? input.path("n_items").asInt() : highest + 1 - (lowest == 1 ? 1 : 0);
        return names(input, IntStream.range(0, n).mapToObj(String::valueOf).toList());
    }

    /// 1 where items are counted from 1.
    private static int offset(List<String> items, JsonNode input, List<JsonNode[]> cells, int left, int right) {
        return cells.stream()
                        .filter(row -> row[left].isNumber() && row[right].isNumber())
                        .anyMatch(row -> Math.max(row[left].asInt(), row[right].asInt()) == items.size())
                ? 1
                : 0;
    }

    private static int item(List<String> items, JsonNode cell, int offset) {
        int item = cell.isNumber() ? cell.asInt() - offset : items.indexOf(cell.asString());
        return Objects.checkIndex(item, items.size());
    }
}
