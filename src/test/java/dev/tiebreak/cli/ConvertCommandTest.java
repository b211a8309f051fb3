package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    private static final String NAME = "model.layers.0.mlp.up_proj.weight";

    @TempDir
    Path folder;

    @Test
    void half_precision_keeps_the_weights_to_eleven_bits_and_says_so_in_the_configuration() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jsonl"), "{\"text\": \"Hello.\"}\n");
        execute("new-model", "--data", text.toString(), "--vocab-size", "260", "--out", path("full"));

        execute("convert", "--model", path("full"), "--dtype", "float16", "--out", path("half"));

        HuggingFaceFolder half = HuggingFaceFolder.open(folder.resolve("half"));
        assertThat(half.config().get("torch_dtype").getAsString()).isEqualTo("float16");
        try (var before = HuggingFaceFolder.open(folder.resolve("full")).openWeights();
                var after = half.openWeights();
                var tokenizer = half.loadTokenizer()) {
            assertThat(tokenizer.encode("Hello.")).isNotEmpty();
            assertThat(after.names()).isEqualTo(before.names());
            assertThat(after.info(NAME).dtype()).isEqualTo(Dtype.F16);
            float[] exact = before.floats(NAME);
            float[] rounded = after.floats(NAME);
            for (int i = 0; i < exact.length; i++) {
                // half a unit in the last of 11 bits, and below 2⁻¹⁴ the step of the subnormal numbers
                assertThat(rounded[i]).isCloseTo(exact[i], within(Math.max(Math.abs(exact[i]) / 2048, 1f / (1 << 25))));
            }
        }
    }

    @Test
    void an_adapter_is_merged_into_its_base_in_float32_and_rounded_once() throws IOException {
        Path rows = Files.writeString(
                folder.resolve("rows.jsonl"), "{\"prompt\": \"Say it.\", \"completion\": \" Hello.\"}\n");
        execute("new-model", "--data", rows.toString(), "--vocab-size", "260", "--out", path("full"));
        List<String> train = new ArrayList<>(List.of("train", "sft", "--model", path("full"), "--out", path("run")));
        train.addAll(List.of("--data", rows.toString(), "--set", "use_peft=true", "--set", "learning_rate=0.1"));
        execute(train.toArray(String[]::new));

        execute("convert", "--model", path("run/adapter"), "--dtype", "bf16", "--out", path("merged"));
        execute("convert", "--model", path("run/model"), "--dtype", "bf16", "--out", path("rounded"));

        try (var base = HuggingFaceFolder.open(folder.resolve("full")).openWeights();
                var merged = HuggingFaceFolder.open(folder.resolve("merged")).openWeights();
                var rounded = HuggingFaceFolder.open(folder.resolve("rounded")).openWeights()) {
            assertThat(merged.floats(NAME)).isNotEqualTo(base.floats(NAME)).isEqualTo(rounded.floats(NAME));
            assertThat(merged.names()).isEqualTo(base.names());
        }
    }

    @Test
    void programs_are_told_what_was_made_and_written() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jsonl"), "{\"text\": \"Hello.\"}\n");
        JsonObject made =
                json("new-model", "--data", text.toString(), "--vocab-size", "260", "--out", path("full"), "--json");
        assertThat(made.get("model").getAsString()).isEqualTo(path("full"));
        assertThat(made.get("tokens").getAsInt()).isEqualTo(259); // 256 bytes and 3 special tokens

        JsonObject written = json(
                "convert",
                "--model",
                path("full"),
                "--dtype",
                "bf16",
                "--shard-size",
                "1MB",
                "--out",
                path("half"),
                "--json");
        assertThat(written.get("dtype").getAsString()).isEqualTo("bfloat16");
        long bytes = 0;
        for (JsonElement file : written.getAsJsonArray("files")) {
            bytes += file.getAsJsonObject().get("bytes").getAsLong();
        }
        assertThat(written.getAsJsonArray("files")).hasSizeGreaterThan(1);
        long weights = made.get("weights").getAsLong();
        assertThat(bytes).isBetween(2 * weights, 2 * weights + 20_000); // two bytes each, and the files' headers
    }

    private static JsonObject json(String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(Main.commandLine().setOut(new PrintWriter(out)).execute(arguments))
                .isZero();
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static void execute(String... arguments) {
        assertThat(Main.commandLine().execute(arguments)).isZero();
    }
}
