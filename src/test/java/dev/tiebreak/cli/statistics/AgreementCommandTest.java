package dev.tiebreak.cli.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tiebreak.cli.CommandLines;
import dev.tiebreak.cli.CommandLines.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementCommandTest {
    /// Krippendorff 2011: four observers, twelve units, `.` where one did not look.
    private static final List<String> OBSERVERS = List.of(
            "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . .", ". 3 3 3 2 3 4 2 2 5 1 3", "1 2 3 3 2 4 4 1 2 5 1 .");

    @TempDir
    Path folder;

    /// Printed: Krippendorff 2011 with three digits; Gwet's irrCAC for cac.raw4raters with five.
    @Test
    void published_values_come_out_of_a_file() throws IOException {
        JsonObject nominal = json("--level", "nominal");
        assertThat(value(nominal, "krippendorff_alpha")).isCloseTo(0.743, within(5e-4));
        assertThat(value(nominal, "gwet_ac1")).isCloseTo(0.77544, within(5e-6));
        assertThat(value(nominal, "fleiss_kappa")).isCloseTo(0.76117, within(5e-6));
        assertThat(value(nominal, "conger_kappa")).isCloseTo(0.76282, within(5e-6));
        assertThat(value(nominal, "brennan_prediger")).isCloseTo(0.77273, within(5e-6));
        assertThat(value(json("--level", "ordinal"), "krippendorff_alpha")).isCloseTo(0.815, within(5e-4));
        assertThat(value(json("--level", "interval"), "krippendorff_alpha")).isCloseTo(0.849, within(5e-4));
        assertThat(value(json("--level", "ratio"), "krippendorff_alpha")).isCloseTo(0.797, within(5e-4));
    }

    @Test
    void people_read_tables_of_measures_categories_annotators_and_pairs() throws IOException {
        assertThat(run(krippendorff()).out())
                .contains("41 labels by 4 annotators on 12 items, 11 of them with two labels or more")
                .contains("Krippendorff's α, nominal       0.7434")
                .contains("c              11     0.8679     −0.1245") // the third observer pulls α down
                .contains("Cohen's κ, and how many items both labelled")
                .contains("intervals 95 %: item bootstrap, 1,000 draws, percentiles");
    }

    @Test
    void the_order_of_rows_and_the_way_numbers_are_written_change_nothing() throws IOException {
        List<String> rows = rows();
        String forwards = run(file(rows), "--level", "interval", "--json").out();
        List<String> backwards = rows.reversed().stream()
                .map(row -> row + (row.endsWith("3") ? ".0" : ""))
                .toList();
        assertThat(run(file(backwards), "--level", "interval", "--json").out()).isEqualTo(forwards);
    }

    @Test
    void levels_nobody_chose_count_when_the_scale_is_declared() throws IOException {
        JsonObject used = json("--level", "ordinal");
        JsonObject declared = json("--level", "ordinal", "--scale", "1,2,3,4,5,6,7");
        assertThat(value(declared, "brennan_prediger")).isGreaterThan(value(used, "brennan_prediger"));
        assertThat(declared.getAsJsonArray("by_category")).hasSize(7);
        List<String> words =
                Stream.of("1,a,good", "1,b,ok", "2,a,bad", "2,b,bad").toList();
        assertThat(run(file(words), "--level", "ordinal", "--scale", "bad,ok,good")
                        .out())
                .contains("Krippendorff's α, ordinal");
    }

    @Test
    void scores_with_hundreds_of_values_are_measured_without_categories() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int item = 0; item < 200; item++) {
            rows.add(item + ",a," + (item + 0.25));
            rows.add(item + ",b," + (item + 0.75));
        }
        JsonObject json = parsed(run(file(rows), "--level", "interval", "--json"));
        assertThat(value(json, "krippendorff_alpha")).isBetween(0.99, 1.0);
        assertThat(value(json, "icc1")).isBetween(0.99, 1.0);
        assertThat(run(file(rows)).err()).contains("the label column has 400 different labels");
    }

    @Test
    void ratings_that_are_missing_are_counted_or_their_items_left_out() throws IOException {
        assertThat(run(krippendorff(), "--level", "interval").out())
                .contains("ICC1; ICC2; ICC3; ICC1K; ICC2K; ICC3K: 7 of 48 ratings are missing");
        assertThat(value(json("--level", "interval", "--complete-items"), "icc2"))
                .isBetween(0.0, 1.0);
    }

    @Test
    void intervals_may_take_annotators_for_the_sample() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int item = 0; item < 30; item++) {
            for (int annotator = 0; annotator < 12; annotator++) {
                rows.add(item + ",p" + annotator + "," + (item * 7 % 10 < annotator ? "x" : "y"));
            }
        }
        JsonObject alpha = parsed(run(file(rows), "--clusters", "annotators", "--json"))
                .getAsJsonObject("measures")
                .getAsJsonObject("krippendorff_alpha");
        assertThat(alpha.get("method").getAsString()).isEqualTo("jackknife over annotators, t");
        assertThat(run(krippendorff(), "--clusters", "annotators").out())
                .contains("an interval over annotators needs at least 10 who label items that others label too, there"
                        + " are 4");
    }

    @Test
    void an_item_labelled_twice_by_one_annotator_has_no_complete_ratings() throws IOException {
        List<String> rows = List.of("1,a,1", "1,a,5", "1,b,1", "2,a,2", "2,b,2", "3,a,3", "3,b,3");
        assertThat(run(file(rows), "--level", "interval").out())
                .contains(
                        "Kendall's W; ICC1; ICC2; ICC3; ICC1K; ICC2K; ICC3K: an annotator labelled an item more than once");
    }

    @Test
    void too_little_is_a_reason_and_no_failure() throws IOException {
        Said one = run(file(List.of("1,a,x", "2,a,y")));
        assertThat(one.code()).isZero();
        assertThat(one.out()).contains("no item has two labels: let at least two annotators label the same items");
        assertThat(run(file(List.of("1,a,x", "1,b,x", "2,a,x", "2,b,x"))).out())
                .contains("every label on the items with two or more labels is the same category");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --level,ordinal               | :2 'label' is 'x', no number; name the levels with --scale, or use --level nominal
            --level,ordinal,--scale,y;z   | :2 'label' is 'x', which --scale does not have
            --draws,50                    | --draws is 0, or 100 or more, got 50
            --confidence,1                | --confidence lies between 0 and 1, got 1.0
            --level,interval,--scale,x;y  | --scale of level interval is made of numbers, got x,y
            --level,ordinal,--scale,2;1   | --scale has the lowest level first, but 1 stands after 2
            --level,ratio,--scale,-1;1    | --scale of level ratio has nothing below 0, got -1
            --scale,x;x                   | --scale has an empty or doubled level: x,x
            """)
    void wrong_settings_and_labels_are_told_in_one_line(String options, String said) throws IOException {
        String[] arguments = Stream.of(options.split(","))
                .map(option -> option.replace(';', ','))
                .toArray(String[]::new);
        Said answer = run(file(List.of("1,a,x", "1,b,x")), arguments);
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err().strip()).startsWith("tiebreak: ").endsWith(said).doesNotContain("\n");
        assertThat(answer.out()).isEmpty();
    }

    private JsonObject json(String... options) throws IOException {
        return parsed(run(
                krippendorff(),
                Stream.concat(Stream.of(options), Stream.of("--json")).toArray(String[]::new)));
    }

    private static JsonObject parsed(Said said) {
        assertThat(said.code()).as(said.err()).isZero();
        return JsonParser.parseString(said.out()).getAsJsonObject();
    }

    private static double value(JsonObject json, String measure) {
        return json.getAsJsonObject("measures")
                .getAsJsonObject(measure)
                .get("value")
                .getAsDouble();
    }

    private static Said run(Path file, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("agreement", file.toString(), "--item", "item", "--annotator", "who", "--label", "label"));
        arguments.addAll(List.of(options));
        return CommandLines.run(arguments.toArray(String[]::new));
    }

    private Path krippendorff() throws IOException {
        return file(rows());
    }

    private static List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (int observer = 0; observer < OBSERVERS.size(); observer++) {
            String[] values = OBSERVERS.get(observer).split(" ");
            for (int unit = 0; unit < values.length; unit++) {
                if (!values[unit].equals(".")) {
                    rows.add(unit + "," + "abcd".charAt(observer) + "," + values[unit]);
                }
            }
        }
        return rows;
    }

    private Path file(List<String> rows) throws IOException {
        return Files.writeString(folder.resolve("labels.csv"), "item,who,label\n" + String.join("\n", rows) + "\n");
    }
}
