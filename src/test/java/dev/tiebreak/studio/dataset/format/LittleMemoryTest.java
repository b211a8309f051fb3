package dev.tiebreak.studio.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.studio.dataset.ImportFormat;
import dev.tiebreak.studio.dataset.ImportProblem;
import dev.tiebreak.studio.dataset.ImportRequest.ImportFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However large a file is, reading it takes the memory of a row.
class LittleMemoryTest {
    private static final int ROWS = 50_000;
    private static final String TEXT = "lorem ipsum dolor sit amet ".repeat(40);

    @TempDir
    Path folder;

    /// Runs in the child: counts the rows of a file.
    static final class Count {
        private static long rows;

        private Count() {}

        public static void main(String[] arguments) {
            ImportFile file = new ImportFile(Path.of(arguments[0]), "f", ImportFormat.valueOf(arguments[1]));
            new RowReader(file, new RowReader.Listener() {
                        @Override
                        public void row(long line, Row row, String raw) {
                            rows++;
                        }

                        @Override
                        public void problem(ImportProblem problem, String raw) {
                            throw new IllegalStateException(problem.toString());
                        }
                    })
                    .read(_ -> {});
            System.out.println(rows + " rows");
        }
    }

    @Test
    void a_file_four_times_the_heap_is_read_line_by_line() throws Exception {
        assertThat(countWith16MegabytesOfHeap(jsonl("", "\n", ""), ImportFormat.TRL_PREFERENCE))
                .isEqualTo(ROWS + " rows");
    }

    @Test
    void so_is_one_json_array() throws Exception {
        assertThat(countWith16MegabytesOfHeap(
                        jsonl("[", ",\n", "{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"r\"}]"),
                        ImportFormat.TRL_PREFERENCE))
                .isEqualTo(ROWS + 1 + " rows");
    }

    @Test
    void so_is_csv() throws Exception {
        Path file = folder.resolve("large.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("prompt,chosen,rejected\n");
            for (int i = 0; i < ROWS; i++) {
                out.write("\"prompt, " + i + "\"," + TEXT + i + ",no\n");
            }
        }
        assertThat(countWith16MegabytesOfHeap(file, ImportFormat.CSV)).isEqualTo(ROWS + " rows");
    }

    private Path jsonl(String before, String between, String after) throws IOException {
        Path file = folder.resolve("large.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(before);
            for (int i = 0; i < ROWS; i++) {
                out.write("{\"prompt\":\"prompt " + i + "\",\"chosen\":\"" + TEXT + i + "\",\"rejected\":\"no\"}"
                        + between);
            }
            out.write(after);
        }
        return file;
    }

    private static String countWith16MegabytesOfHeap(Path file, ImportFormat format)
            throws IOException, InterruptedException {
        assertThat(Files.size(file)).isGreaterThan(3 * 16L * 1024 * 1024);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Count.class.getName(),
                        file.toString(),
                        format.name())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes()).strip();
        child.waitFor();
        return said;
    }
}
