package dev.tiebreak.studio.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    @TempDir
    Path folder;

    private Path file;
    private MetricsFile metrics;

    @BeforeEach
    void create() {
        file = folder.resolve("metrics.jsonl");
        metrics = new MetricsFile(file);
    }

    @Test
    void each_row_is_read_once_as_soon_as_its_line_ends() throws IOException {
        assertThat(metrics.read()).isEqualTo(new MetricsFile.News(List.of(), false)); // not there yet
        write("{\"step\":1,\"loss\":0.5}\n{\"step\":2,\"lo");
        assertThat(metrics.read()).isEqualTo(new MetricsFile.News(List.of(row(1, 0.5)), true));
        write("ss\":0.25}\n");
        assertThat(metrics.read()).isEqualTo(new MetricsFile.News(List.of(row(2, 0.25)), false));
        assertThat(metrics.read()).isEqualTo(new MetricsFile.News(List.of(), false));
    }

    @Test
    void a_file_that_a_resumed_run_replaced_is_read_anew() throws IOException {
        write("{\"step\":1,\"loss\":0.5}\n{\"step\":2,\"loss\":0.4}\n");
        metrics.read();
        Path part = Files.writeString(folder.resolve("part"), "{\"step\":1,\"loss\":0.5}\n{\"step\":2,\"loss\":0.3}\n");
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING); // as long as before

        assertThat(metrics.read()).isEqualTo(new MetricsFile.News(List.of(row(1, 0.5), row(2, 0.3)), true));
    }

    @Test
    void the_half_line_of_a_killed_trainer_is_passed_over() throws IOException {
        write("{\"step\":1,\"loss\":0.5}\n{\"step\":2,\"l{\"step\":3,\"loss\":0.4}\n{\"step\":4,\"loss\":0.1}\n");
        assertThat(metrics.read().rows()).containsExactly(row(1, 0.5), row(4, 0.1));
    }

    @Test
    void the_latest_values_of_all_metrics_come_from_different_rows() throws IOException {
        write("{\"step\":1,\"loss\":9}\n".repeat(2000)); // longer than what is looked at
        write("{\"step\":7,\"loss\":0.5,\"accuracy\":1}\n{\"step\":7,\"eval_loss\":0.6}\n{\"step\":8,\"loss\":0.4}\n");
        assertThat(MetricsFile.latest(file))
                .contains(entry("loss", 0.4), entry("accuracy", 1.0), entry("eval_loss", 0.6));
        assertThat(MetricsFile.latest(folder.resolve("none"))).isEmpty();
    }

    private static MetricsRow row(int step, double loss) {
        return new MetricsRow(step, Map.of("step", (double) step, "loss", loss));
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
