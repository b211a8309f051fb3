package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Labels of a worked case, whatever their form: rows of item, annotator and label (arrays or objects), a
/// matrix of items × annotators with nulls, or annotators' labels by name. Names are numbered in their order:
/// as numbers where all are, else as text.
record NamedLabels(List<String> items, List<String> annotators, List<String> categories, Labels labels) {
    private static final Comparator<String> BY_NUMBER_OR_TEXT =
            Comparator.comparing(NamedLabels::number).thenComparing(Comparator.naturalOrder());

    private record Given(String item, String annotator, String label) {}

    static NamedLabels read(JsonNode input) {
        List<Given> given = given(input);
        List<String> items = names(given, Given::item, input.path("n_items"));
        List<String> annotators = names(given, Given::annotator, input.path("n_annotators"));
        List<String> categories = names(given, Given::label, input.path("n_classes"));
        Labels.Builder labels = Labels.builder(categories.size());
        given.forEach(label -> labels.add(
                items.indexOf(label.item()), annotators.indexOf(label.annotator()), categories.indexOf(label.label())));
        return new NamedLabels(items, annotators, categories, labels.build());
    }

    /// One value for each annotator, by name.
    Map<String, Object> byAnnotator(Function<Integer, Object> value) {
        return byName(annotators, value);
    }

    Map<String, Object> byItem(Function<Integer, Object> value) {
        return byName(items, value);
    }

    Map<String, Object> byCategory(Function<Integer, Object> value) {
        return byName(categories, value);
    }

    private static Map<String, Object> byName(List<String> names, Function<Integer, Object> value) {
        Map<String, Object> named = new LinkedHashMap<>();
        IntStream.range(0, names.size()).forEach(i -> named.put(names.get(i), value.apply(i)));
        return named;
    }

    private static List<String> names(List<Given> given, Function<Given, String> name, JsonNode number) {
        Set<String> names = new TreeSet<>(BY_NUMBER_OR_TEXT);
        given.stream().map(name).forEach(names::add);
        if (number.isInt() && names.stream().allMatch(text -> text.matches("\\d+"))) { // those that nobody used
            int first = names.contains(number.asString()) ? 1 : 0;
            IntStream.range(first, first + number.asInt())
                    .mapToObj(String::valueOf)
                    .forEach(names::add);
        }
        return List.copyOf(names);
    }

    private static double number(String name) {
        try {
            return Double.parseDouble(name);
        } catch (NumberFormatException _) {
            return Double.POSITIVE_INFINITY;
        }
    }

    private static List<Given> given(JsonNode input) {
        JsonNode labels = input.path("labels");
        List<Given> given = new ArrayList<>();
        if (labels.isObject()) { // by item, then annotator; or by annotator, in the order of items
            labels.propertyStream().forEach(outer -> {
                JsonNode inner = outer.getValue();
                if (inner.isObject()) {
                    inner.propertyStream().forEach(cell -> add(given, outer.getKey(), cell.getKey(), cell.getValue()));
                } else {
                    IntStream.range(0, inner.size())
                            .forEach(item -> add(given, String.valueOf(item), outer.getKey(), inner.get(item)));
                }
            });
        } else if (labels.path(0).isObject()) {
            labels.forEach(row -> add(
                    given,
                    field(row, "item", "task", "unit", "patient", "subject"),
                    field(row, "annotator", "worker", "rater", "observer", "coder"),
                    row.get(name(row, "label", "category", "response", "value", "class", "rating"))));
        } else if (isTriples(input)) {
            List<String> columns =
                    input.path("columns").valueStream().map(JsonNode::asString).toList();
            int item = column(columns, 0, "item", "task", "unit", "patient", "subject");
            int annotator = column(columns, 1, "annotator", "worker", "rater", "observer", "coder");
            int label = column(columns, 2, "label", "category", "response", "value", "class", "rating");
            labels.forEach(row ->
                    add(given, row.get(item).asString(), row.get(annotator).asString(), row.get(label)));
        } else {
            for (int item = 0; item < labels.size(); item++) {
                for (int annotator = 0; annotator < labels.get(item).size(); annotator++) {
                    add(
                            given,
                            String.valueOf(item),
                            String.valueOf(annotator),
                            labels.get(item).get(annotator));
                }
            }
        }
        return given;
    }

    private static void add(List<Given> given, String item, String annotator, JsonNode label) {
        if (label.isArray()) { // several labels of one annotator
            label.forEach(one -> add(given, item, annotator, one));
        } else if (!label.isNull()) {
            given.add(new Given(item, annotator, label.asString()));
        }
    }

    private static int column(List<String> columns, int otherwise, String... names) {
        return Stream.of(names)
                .mapToInt(columns::indexOf)
                .filter(at -> at >= 0)
                .findFirst()
                .orElse(otherwise);
    }

    private static String field(JsonNode row, String... names) {
        return row.get(name(row, names)).asString();
    }

    private static String name(JsonNode row, String... names) {
        return Stream.of(names).filter(row::has).findFirst().orElseThrow();
    }

    /// Whether rows are item, annotator, label, and not the labels of one item by three annotators.
    private static boolean isTriples(JsonNode input) {
        List<JsonNode> rows = input.path("labels").valueStream().toList();
        if (input.has("columns")) {
            return true;
        }
        if (rows.stream()
                .anyMatch(row ->
                        row.size() != 3 || row.valueStream().anyMatch(cell -> cell.isNull() || cell.isArray()))) {
            return false;
        }
        Set<String> items = new HashSet<>();
        Set<String> labels = new HashSet<>();
        Set<String> annotatorsAndLabels = new HashSet<>();
        Set<List<String>> pairs = new HashSet<>();
        for (JsonNode row : rows) {
            items.add(row.get(0).asString());
            labels.add(row.get(2).asString());
            annotatorsAndLabels.add(row.get(1).asString());
            annotatorsAndLabels.add(row.get(2).asString());
            pairs.add(List.of(row.get(0).asString(), row.get(1).asString()));
        }
        return items.stream().noneMatch(labels::contains)
                || pairs.size() == rows.size()
                || items.size() > annotatorsAndLabels.size();
    }
}
