package dev.tiebreak.cli.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tiebreak.cli.CommandLines;
import dev.tiebreak.cli.CommandLines.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankCommandTest {
    /// Stigler 1994: how often the row's journal was cited by the column's.
    private static final List<String> JOURNALS = List.of("Biometrika", "Comm Statist", "JASA", "JRSS-B");

    private static final int[][] CITATIONS = {
        {0, 730, 498, 221}, {33, 0, 68, 17}, {320, 813, 0, 142}, {284, 276, 325, 0}
    };

    @TempDir
    Path folder;

    /// Printed by R's BradleyTerry2 with Biometrika at 0: −2.949, −0.480, 0.269; three digits.
    @Test
    void published_strengths_come_out_of_a_file() throws IOException {
        JsonObject json = json(file(citations()), "--prior", "none");
        double reference = score(json, "Biometrika");
        assertThat(score(json, "Comm Statist") - reference).isCloseTo(-2.949, within(5e-4));
        assertThat(score(json, "JASA") - reference).isCloseTo(-0.480, within(5e-4));
        assertThat(score(json, "JRSS-B") - reference).isCloseTo(0.269, within(5e-4));
    }

    @Test
    void people_read_scores_ranks_and_tests_the_strongest_first() throws IOException {
        List<String> rows = citations();
        rows.add("Biometrika,JASA,tie,p");
        String said = run(file(rows), "--ties", "davidson").out();
        assertThat(said)
                .contains("3,728 comparisons of 4 items\n")
                .containsSubsequence("JRSS-B", "Biometrika", "JASA", "Comm Statist")
                .containsPattern("JRSS-B .* 1–1 ")
                .contains("ties: Davidson; prior: 0.5 wins and losses against a ghost item; standard errors: ")
                .containsPattern("Rao-Kupper +[0-9.]+ +−[0-9,.]+")
                .containsPattern("standing left: [+−][0-9.]+ log odds .* p = ");
    }

    @Test
    void the_order_of_rows_changes_nothing() throws IOException {
        List<String> rows = citations();
        String forwards = run(file(rows), "--json", "--annotator", "who").out();
        Collections.reverse(rows);
        assertThat(run(file(rows), "--json", "--annotator", "who").out()).isEqualTo(forwards);
    }

    @Test
    void people_who_judge_alike_throughout_widen_the_intervals() throws IOException {
        // of 40 people, half always take a, half always b: 400 comparisons say no more than 40
        List<String> rows = new ArrayList<>();
        for (int person = 0; person < 40; person++) {
            for (int i = 0; i < 10; i++) {
                rows.add("a,b," + (person % 2 == 0 ? "left" : "right") + ",p" + person);
            }
        }
        double alone = error(json(file(rows)));
        double clustered = error(json(file(rows), "--annotator", "who"));
        assertThat(clustered / alone).isCloseTo(Math.sqrt(10), within(0.1));
    }

    @Test
    void sets_that_nothing_ties_to_the_rest_are_named_before_any_fit() throws IOException {
        Path file = file(List.of("a,b,left,p", "b,c,left,p", "a,c,left,p", "d,e,tie,p"));
        Said refused = run(file, "--prior", "none");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.out())
                .contains("no scores: ")
                .contains("not connected with each other: a, b, c\n")
                .contains("not connected with each other: d, e\n")
                .contains("undefeated: a\n")
                .contains("winless: c\n");
        Said placed = run(file);
        assertThat(placed.code()).isZero();
        assertThat(placed.out()).contains("undefeated: a\n").contains("only the prior places the items named above");
        assertThat(json(file).getAsJsonObject("connectivity").get("winless").toString())
                .isEqualTo("[[\"c\"]]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a,b,LEFT,p⏎a,b,draw,p  | --ties,half   | :3 'winner' is 'draw'; known are left, right, tie
            a,b,left,p⏎b,b,left,p  | --ties,half   | :3 'right' is 'b', the same as on the left: nothing is compared
            a,b,left,p⏎a,,left,p   | --ties,half   | :3 'right' is empty
            ''                     | --ties,half   | .csv has no row that holds a comparison
            a,b,left,p             | --ties,all    | --ties is half, davidson or rao-kupper, got 'all'
            a,b,left,p             | --prior,ghost:0 | --prior is none, ghost:N or normal:L2 with a number above 0, got 'ghost:0'
            a,b,left,p             | --confidence,2 | --confidence lies between 0 and 1, got 2.0
            """)
    void wrong_rows_and_settings_are_told_in_one_line(String rows, String options, String said) throws IOException {
        Said answer = run(file(List.of(rows.split("⏎"))), options.split(","));
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err().strip()).startsWith("tiebreak: ").endsWith(said).doesNotContain("\n");
        assertThat(answer.out()).isEmpty();
    }

    private static List<String> citations() {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                for (int i = 0; i < CITATIONS[row][column]; i++) {
                    rows.add(
                            i % 2 == 0
                                    ? JOURNALS.get(row) + "," + JOURNALS.get(column) + ",left,p" + i % 30
                                    : JOURNALS.get(column) + "," + JOURNALS.get(row) + ",right,p" + i % 30);
                }
            }
        }
        return rows;
    }

    private static double score(JsonObject json, String item) {
        for (JsonElement score : json.getAsJsonArray("scores")) {
            if (score.getAsJsonObject().get("item").getAsString().equals(item)) {
                return score.getAsJsonObject()
                        .getAsJsonObject("score")
                        .get("value")
                        .getAsDouble();
            }
        }
        throw new AssertionError("no score of " + item);
    }

    private static double error(JsonObject json) {
        return json.getAsJsonArray("scores")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("score")
                .get("standard_error")
                .getAsDouble();
    }

    private static JsonObject json(Path file, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--json");
        Said said = run(file, all.toArray(String[]::new));
        assertThat(said.code()).as(said.err()).isZero();
        return JsonParser.parseString(said.out()).getAsJsonObject();
    }

    private static Said run(Path file, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("rank", file.toString(), "--left", "left", "--right", "right", "--winner", "winner"));
        arguments.addAll(List.of(options));
        return CommandLines.run(arguments.toArray(String[]::new));
    }

    private Path file(List<String> rows) throws IOException {
        return Files.writeString(
                folder.resolve("comparisons.csv"), "left,right,winner,who\n" + String.join("\n", rows) + "\n");
    }
}
