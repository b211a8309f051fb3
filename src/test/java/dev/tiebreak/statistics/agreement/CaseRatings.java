package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Ratings of a worked case in whatever shape: items × raters or turned, rows of item, rater and label as arrays or
/// objects, null, "" or NaN where missing, labels that are numbers, truth values or words.
///
/// @param categories the distinct labels, numbers ascending, words in alphabetical order
/// @param scale the number that each category is, or its place where it is a word
record CaseRatings(Labels labels, List<String> categories, double[] scale, double[][] matrix) {
    private static final Pattern RATERS_IN_ROWS = Pattern.compile(
            "^(raters?|judges?|annotators?|observers?|coders?|workers?)\\b|"
                    + "\\brows?\\s*(=|:|are|is|per|for each)\\s*(raters?|judges?|annotators?|observers?|coders?|workers?)\\b",
            Pattern.CASE_INSENSITIVE);

    CategoryCounts counts() {
        return CategoryCounts.of(labels);
    }

    /// The ratings of each item, missing ones left out.
    double[][] items() {
        return Arrays.stream(matrix)
                .map(row -> Arrays.stream(row).filter(x -> !Double.isNaN(x)).toArray())
                .toArray(double[][]::new);
    }

    int categoryOf(String... names) {
        return Arrays.stream(names).mapToInt(categories::indexOf).max().orElse(-1);
    }

    static CaseRatings read(JsonNode input) {
        JsonNode rows = input.has("ratings") ? input.path("ratings") : input.path("labels");
        boolean triples = !input.has("ratings") && isTriples(rows, input);
        List<Rating> ratings = triples ? triples(rows) : cells(rows, turned(input));
        Set<String> used = new TreeSet<>(CaseRatings::inOrder);
        ratings.forEach(rating -> used.add(rating.label));
        JsonNode declared = input.has("categories") ? input.path("categories") : input.path("scale");
        declared.forEach(category -> used.add(text(category)));
        List<String> categories = List.copyOf(used);
        Labels.Builder labels = Labels.builder(Math.max(1, categories.size()));
        ratings.forEach(r -> labels.add(r.item, r.rater, categories.indexOf(r.label)));
        double[] scale = new double[categories.size()];
        Arrays.setAll(scale, c -> isNumber(categories.get(c)) ? number(categories.get(c)) : c);
        return new CaseRatings(labels.build(), categories, scale, matrix(ratings, categories, scale));
    }

    private record Rating(int item, int rater, String label) {}

    /// Rows of item, rater and label, unless the layout is said to be another, or no column can be that of the items.
    private static boolean isTriples(JsonNode rows, JsonNode input) {
        if (input.path("layout").asString("").contains(" x ")) {
            return false;
        }
        boolean three = rows.valueStream()
                .allMatch(row -> row.size() == 3 && !row.path(0).isNull());
        Set<String> first = new TreeSet<>();
        Set<String> last = new TreeSet<>();
        rows.forEach(row -> {
            first.add(text(row.path(0)));
            last.add(text(row.path(2)));
        });
        return rows.path(0).isObject() || three && first.size() > last.size();
    }

    private static boolean turned(JsonNode input) {
        return RATERS_IN_ROWS.matcher(input.path("layout").asString("").strip()).find();
    }

    private static List<Rating> triples(JsonNode rows) {
        List<String> items = new ArrayList<>(new LinkedHashSet<>(rows.valueStream()
                .map(row -> cell(row, 0, "item", "unit", "subject"))
                .toList()));
        List<String> raters = new ArrayList<>(new LinkedHashSet<>(rows.valueStream()
                .map(row -> cell(row, 1, "annotator", "rater", "worker", "coder"))
                .toList()));
        List<Rating> ratings = new ArrayList<>();
        rows.forEach(row -> {
            String label = cell(row, 2, "label", "rating", "category", "value");
            if (!label.isEmpty()) {
                ratings.add(new Rating(
                        items.indexOf(cell(row, 0, "item", "unit", "subject")),
                        raters.indexOf(cell(row, 1, "annotator", "rater", "worker", "coder")),
                        label));
            }
        });
        return ratings;
    }

    private static String cell(JsonNode row, int place, String... names) {
        if (row.isArray()) {
            return text(row.path(place));
        }
        return Arrays.stream(names)
                .filter(row::has)
                .findFirst()
                .map(name -> text(row.path(name)))
                .orElse("");
    }

    private static List<Rating> cells(JsonNode rows, boolean turned) {
        List<Rating> ratings = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            List<JsonNode> cells = rows.path(row).valueStream().toList();
            for (int column = 0; column < cells.size(); column++) {
                String label = text(cells.get(column));
                if (!label.isEmpty()) {
                    ratings.add(new Rating(turned ? column : row, turned ? row : column, label));
                }
            }
        }
        return ratings;
    }

    private static double[][] matrix(List<Rating> ratings, List<String> categories, double[] scale) {
        int items = ratings.stream().mapToInt(Rating::item).max().orElse(-1) + 1;
        int raters = ratings.stream().mapToInt(Rating::rater).max().orElse(-1) + 1;
        double[][] matrix = new double[items][raters];
        for (double[] row : matrix) {
            Arrays.fill(row, Double.NaN);
        }
        ratings.forEach(r -> matrix[r.item][r.rater] = scale[categories.indexOf(r.label)]);
        return matrix;
    }

    /// Empty where missing; a number without a needless `.0`.
    static String text(JsonNode cell) {
        if (cell.isNull() || cell.isMissingNode()) {
            return "";
        }
        String text = cell.isBoolean()
                ? (cell.asBoolean() ? "1" : "0")
                : cell.asString().strip();
        if (text.equalsIgnoreCase("nan") || text.equals("NA") || text.equals("*")) {
            return "";
        }
        return isNumber(text) && number(text) == Math.rint(number(text)) && Math.abs(number(text)) < 1e15
                ? String.valueOf((long) number(text))
                : text;
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static int inOrder(String left, String right) {
        if (isNumber(left) && isNumber(right)) {
            return Double.compare(number(left), number(right));
        }
        return left.compareTo(right);
    }
}
