package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.statistics.RealData;
import dev.tiebreak.studio.account.AuditLog;
import dev.tiebreak.studio.dataset.ProjectService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImportCommandTest {
    @TempDir
    static Path folder;

    private record Run(int code, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Run(code, out.toString(), err.toString());
    }

    private static Run importInto(String project, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("import", "--data", folder.resolve("data").toString(), "--project", project));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private static String file(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static List<String> projects() {
        try (var studio = StudioContext.open(folder.resolve("data"))) {
            return studio.getBean(ProjectService.class).all().stream()
                    .map(project -> project.name())
                    .toList();
        }
    }

    @Test
    void llmfao_comes_in_whole_and_a_second_time_adds_nothing() {
        String votes = RealData.file("llmfao/crowd-comparisons.csv").toString();
        String pairs = RealData.file("llmfao/pairs-crowd.jsonl").toString();

        Run first = importInto("LLMFAO", votes, pairs, "--json");
        Run again = importInto("LLMFAO", votes, pairs);

        assertThat(first.err).isEmpty();
        assertThat(first.code).isZero();
        assertThat(first.json().path("rows_read").asLong()).isEqualTo(11_070);
        assertThat(first.json().path("new_comparisons").asLong()).isEqualTo(2_139);
        assertThat(first.json().path("new_votes").asLong()).isEqualTo(8_931);
        assertThat(again.code).isZero();
        assertThat(again.out).isEqualTo("""
                        11,070 rows read, 0 rejected: 0 new prompts, 0 completions, 0 comparisons, 0 votes
                        Everything had been imported before.
                        """);
        try (var studio = StudioContext.open(folder.resolve("data"))) {
            assertThat(studio.getBean(AuditLog.class).latest(100))
                    .filteredOn(entry -> entry.action().equals("dataset.import"))
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(entry.actor()).isEqualTo("command line"));
        }
    }

    @Test
    void a_bad_row_is_told_with_its_place_and_the_list_goes_where_it_was_wanted() throws Exception {
        String csv = file("answers.csv", """
                question,good,bad
                Is 91 prime?,"No, 91 = 7 × 13.",
                Is 97 prime?,Yes.,No.
                """);
        String rejects = folder.resolve("rejects.csv").toString();
        String[] map = {"--map", "prompt=question", "--map", "chosen=good", "--map", "rejected=bad"};

        Run all = importInto("Primes", csv, map[0], map[1], map[2], map[3], map[4], map[5]);

        assertThat(all.code).isEqualTo(2);
        assertThat(all.err).startsWith("answers.csv:2 'bad' is empty\n").contains("Nothing was imported");
        assertThat(projects()).doesNotContain("Primes");

        Run good = importInto(
                "Primes",
                csv,
                map[0],
                map[1],
                map[2],
                map[3],
                map[4],
                map[5],
                "--good-rows-only",
                "--rejects",
                rejects,
                "--json");

        assertThat(good.code).isZero();
        assertThat(good.json().path("new_comparisons").asLong()).isEqualTo(1);
        assertThat(good.json().path("problems").path(0).path("line").asLong()).isEqualTo(2);
        assertThat(good.json().path("reject_list").asString()).isEqualTo(rejects);
        assertThat(Path.of(rejects))
                .content()
                .isEqualTo("file,line,column,reason,row\r\n"
                        + "answers.csv,2,bad,is empty,\"Is 91 prime?,No, 91 = 7 × 13.,\"\r\n");
        assertThat(projects()).contains("Primes");
    }

    @Test
    void what_cannot_be_imported_is_said_in_one_line() throws Exception {
        String csv = file("columns.csv", "q,x,y\nhow?,1,2\n");
        String unpaired = file("kto.jsonl", "{\"prompt\":\"p\",\"completion\":\"c\",\"label\":true}\n");
        Map<String, List<String>> wrong = Map.of(
                "columns.csv:1 has no column 'prompt'; its columns are q, x, y",
                List.of(csv),
                "kto.jsonl:1 has one completion a row",
                List.of(unpaired),
                "empty.jsonl is empty",
                List.of(file("empty.jsonl", "")),
                "nowhere.jsonl: no such file",
                List.of(folder.resolve("nowhere.jsonl").toString()),
                folder + " is a folder, not a file",
                List.of(folder.toString()),
                "there is no format 'parquet'; known are",
                List.of(csv, "--format", "parquet"),
                "--map: there is no column 'question'; there are prompt",
                List.of(csv, "--map", "question=q"),
                "there is no rubric 'taste'; there are",
                List.of(csv, "--rubric", "taste", "--map", "prompt=q"),
                "Overlap is 1 to 100 annotators",
                List.of(csv, "--overlap", "0"));
        wrong.forEach((message, arguments) -> {
            Run run = importInto("Wrong", arguments.toArray(String[]::new));
            assertThat(run.code).as(message).isEqualTo(2);
            assertThat(run.err).startsWith("tiebreak: ").contains(message).hasLineCount(1);
            assertThat(run.out).isEmpty();
        });
        assertThat(projects()).doesNotContain("Wrong");
    }

    @Test
    void a_database_in_use_is_one_line() throws Exception {
        Path other = folder.resolve("in-use");
        Path database = Files.createDirectories(other.resolve("db")).resolve("tiebreak.mv.db");
        Files.createFile(database);
        try (var channel = FileChannel.open(database, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            Run run = run("import", "--project", "p", "--data", other.toString(), file("one.csv", "prompt,chosen\n"));
            assertThat(run.code).isEqualTo(2);
            assertThat(run.err)
                    .startsWith("tiebreak: the database in " + other + " is in use by another process")
                    .hasLineCount(1);
        }
    }
}
