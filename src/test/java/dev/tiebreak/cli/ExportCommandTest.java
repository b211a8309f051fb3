package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.studio.dataset.ImportedVotes;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.testing.VotedProject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class ExportCommandTest {
    @TempDir
    static Path folder;

    private record Run(int code, String out, String err) {}

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Run(code, out.toString(), err.toString());
    }

    @BeforeAll
    static void a_project_with_three_comparisons() {
        try (var studio = StudioContext.open(folder.resolve("data"))) {
            var project = new VotedProject(
                            studio.getBean(ProjectService.class),
                            studio.getBean(ImportedVotes.class),
                            studio.getBean(JdbcClient.class))
                    .create("Small talk");
            project.comparison("one", "a", "b").votes("1");
            project.comparison("two", "=a", "b").votes("1 2");
            project.comparison("three", "a", "b").votes("t");
        }
    }

    @Test
    void export_freezes_once_and_writes_whole_files() throws Exception {
        String data = folder.resolve("data").toString();
        String out = folder.resolve("out").toString();
        Run first = run(
                "export", "--project", "Small talk", "--data", data, "--out", out, "--test-fraction", "0", "--json");
        Run again = run(
                "export",
                "--project",
                "Small talk",
                "--data",
                data,
                "--out",
                out,
                "--test-fraction",
                "0",
                "--format",
                "csv");

        assertThat(first.err()).isEmpty();
        assertThat(first.code()).isZero();
        var report = JsonMapper.shared().readTree(first.out());
        assertThat(report.path("dataset_version").asInt()).isEqualTo(1);
        assertThat(report.path("counts").path("pairs").asInt()).isEqualTo(2);
        assertThat(Files.readAllLines(folder.resolve("out/train.jsonl"))).hasSize(2);
        assertThat(again.out())
                .contains("Small talk, dataset version 1 (identical to it: nothing new)")
                .contains("2 pairs of 3 comparisons: 2 for training, 0 for testing; no pair: 1 tied");
        assertThat(folder.resolve("out/train.csv")).content().contains("two,'=a,b,1.5");
        try (var files = Files.list(folder.resolve("out"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("train.jsonl", "test.jsonl", "train.csv", "test.csv", "manifest.json");
        }
    }

    @Test
    void what_cannot_be_exported_is_said_in_one_line() {
        String data = folder.resolve("data").toString();
        String out = folder.resolve("elsewhere").toString();
        record Wrong(List<String> arguments, String message) {}
        for (Wrong wrong : List.of(
                new Wrong(List.of("--project", "Small talk", "--format", "parquet"), "unknown format 'parquet'"),
                new Wrong(
                        List.of("--project", "Small talk", "--dataset-version", "1", "--min-votes", "2"),
                        "--dataset-version takes a version as it is"),
                new Wrong(List.of("--project", "Big talk"), "there is no project 'Big talk'"),
                new Wrong(
                        List.of("--project", "Small talk", "--min-votes", "3"),
                        "of 3 comparisons none gives a pair (3 with too few votes)"))) {
            var arguments = new java.util.ArrayList<>(List.of("export", "--data", data, "--out", out));
            arguments.addAll(wrong.arguments());
            Run run = run(arguments.toArray(String[]::new));
            assertThat(run.code()).as(wrong.message()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("tiebreak: ")
                    .contains(wrong.message())
                    .hasLineCount(1);
        }
    }
}
