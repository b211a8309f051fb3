package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The memory that is foretold beside the peak that Linux counts of a process that trains.
@Tag("slow")
class MemoryPeakTest {
    private static final Pattern FORETOLD = Pattern.compile("Memory: about ([\\d.]+) GB");
    private static final Pattern PEAK = Pattern.compile("Memory at its peak: ([\\d.]+) GB");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "dpo, 256, 4, 2", "dpo, 256, 4, 8", "dpo, 512, 8, 2", "dpo, 512, 8, 8",
        "rm,  256, 4, 2", "rm,  256, 4, 8", "rm,  512, 8, 2", "rm,  512, 8, 8",
        "sft, 256, 4, 2", "sft, 256, 4, 8", "sft, 512, 8, 2", "sft, 512, 8, 8"
    })
    void a_run_takes_what_was_foretold(String method, int hidden, int layers, int batch) throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/status")));
        Path model = TinyModel.language(folder.resolve("base"), 8192, hidden, layers);
        Path rows = rows();
        for (String recomputing : List.of("false", "true")) {
            String said = train(
                    method,
                    model,
                    rows,
                    "per_device_train_batch_size=" + batch,
                    "gradient_checkpointing=" + recomputing,
                    "max_steps=3");
            double foretold = number(FORETOLD, said);
            double peak = number(PEAK, said);
            System.out.printf(
                    "%s %d x %d batch %d %s: foretold %.2f GB, peak %.2f GB%n",
                    method, hidden, layers, batch, recomputing, foretold, peak);
            assertThat(foretold).isCloseTo(peak, withinPercentage(20)); // what the issue asks for
        }
    }

    private Path rows() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            JsonObject row = new JsonObject();
            row.addProperty("prompt", words(random, 60, 140));
            row.addProperty("chosen", " " + words(random, 20, 80));
            row.addProperty("rejected", " " + words(random, 20, 80));
            row.addProperty("completion", row.get("chosen").getAsString());
            rows.add(row.toString());
        }
        return Files.writeString(folder.resolve("rows.jsonl"), String.join("\n", rows) + "\n");
    }

    private static String words(SplittableRandom random, int fewest, int most) {
        return "the ".repeat(random.nextInt(fewest, most)).strip();
    }

    private String train(String method, Path model, Path rows, String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("train", method, "--model", model.toString()));
        arguments.addAll(List.of("--data", rows.toString(), "--out", Files.createTempDirectory(folder, "run") + "/it"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        Process child = ChildJvm.start(arguments.toArray(String[]::new))
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes());
        assertThat(child.waitFor()).as(said).isZero();
        return said;
    }

    private static double number(Pattern pattern, String said) {
        Matcher found = pattern.matcher(said);
        assertThat(found.find()).as(said).isTrue();
        return Double.parseDouble(found.group(1));
    }
}
