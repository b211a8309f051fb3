package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The whole way of a large file into the database, in a process whose heap is smaller than the file.
@Tag("slow")
class LargeImportTest {
    private static final int ROWS = 120_000;
    private static final String TEXT = "lorem ipsum dolor sit amet ".repeat(40);

    @TempDir
    Path folder;

    @Test
    void a_file_larger_than_the_heap_is_imported() throws Exception {
        Path file = folder.resolve("large.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < ROWS; i++) {
                out.write("{\"prompt\":\"prompt %d\",\"chosen\":\"%s %d\",\"rejected\":\"%s no %d\"}%n"
                        .formatted(i, TEXT, i, TEXT, i));
            }
        }
        assertThat(Files.size(file)).isGreaterThan(200L * 1024 * 1024);
        ProcessBuilder builder = ChildJvm.start(
                "import",
                file.toString(),
                "--project",
                "large",
                "--data",
                folder.resolve("data").toString(),
                "--json");
        builder.command().addAll(1, List.of("-Xmx160m"));
        Process child = builder.redirectError(folder.resolve("errors").toFile()).start();
        String said = new String(child.getInputStream().readAllBytes());

        assertThat(child.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        assertThat(JsonMapper.shared().readTree(said).path("new_comparisons").asInt())
                .isEqualTo(ROWS);
    }
}
