package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.ModelConfigFile;
import dev.tiebreak.rlhf.model.StoredWeights;
import dev.tiebreak.rlhf.model.WeightShape;
import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class NewModelCommandTest {
    @TempDir
    Path folder;

    @Test
    void a_new_model_is_a_whole_hugging_face_folder_that_speaks_chatml() throws IOException {
        assertThat(run("--out", folder.resolve("model").toString())).isZero();

        HuggingFaceFolder model = HuggingFaceFolder.open(folder.resolve("model"));
        try (var tokenizer = model.loadTokenizer();
                var weights = model.openWeights()) {
            String text = tokenizer.chatTemplate().render(List.of(new ChatMessage("user", "Hello there")), true);
            assertThat(text).isEqualTo("<|im_start|>user\nHello there<|im_end|>\n<|im_start|>assistant\n");
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            assertThat(tokenizer.stopIds())
                    .containsExactly(tokenizer.idOf("<|im_end|>").orElseThrow());
            assertThat(model.requirePadId(tokenizer)).isZero();
            assertThat(weights.names()).contains("model.embed_tokens.weight", "model.layers.1.mlp.down_proj.weight");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3", "gpt2", "gemma2"})
    void a_new_model_of_every_family_has_the_weights_that_its_configuration_asks_for(String family) throws IOException {
        assertThat(run("--family", family, "--out", folder.resolve("model").toString()))
                .isZero();

        HuggingFaceFolder model = HuggingFaceFolder.open(folder.resolve("model"));
        ModelConfig config = ModelConfigFile.read(model);
        assertThat(config.family().modelType()).isEqualTo(family);
        try (StoredWeights weights = StoredWeights.open(model, config)) {
            WeightShape.of(config).forEach(weights::require);
            assertThat(weights.count()).isEqualTo(WeightShape.of(config).size());
        }
    }

    @Test
    void the_same_seed_gives_the_same_model_and_another_seed_another() throws IOException {
        run("--out", folder.resolve("one").toString());
        run("--out", folder.resolve("two").toString());
        run("--out", folder.resolve("three").toString(), "--seed", "43");

        String one = HuggingFaceFolder.open(folder.resolve("one")).sha256();
        assertThat(HuggingFaceFolder.open(folder.resolve("two")).sha256()).isEqualTo(one);
        assertThat(HuggingFaceFolder.open(folder.resolve("three")).sha256()).isNotEqualTo(one);
    }

    @Test
    void a_width_that_the_heads_cannot_share_is_refused_in_one_line() throws IOException {
        StringWriter problems = new StringWriter();
        CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(problems, true));

        int code = commandLine.execute(arguments("--out", folder.resolve("m").toString(), "--hidden", "33"));

        assertThat(code).isEqualTo(2);
        assertThat(problems.toString()).isEqualTo("tiebreak: --hidden 33 is not a multiple of --heads 4\n");
        assertThat(folder.resolve("m")).doesNotExist();
    }

    private int run(String... more) throws IOException {
        return Main.commandLine().execute(arguments(more));
    }

    private String[] arguments(String... more) throws IOException {
        Path text = folder.resolve("text.jsonl");
        Files.writeString(text, "{\"text\": \"Hello there, hello again, and hello to all.\"}\n".repeat(3));
        List<String> all = new ArrayList<>(List.of("new-model", "--data", text.toString(), "--vocab-size", "270"));
        all.addAll(List.of("--layers", "2"));
        if (!List.of(more).contains("--hidden")) {
            all.addAll(List.of("--hidden", "32"));
        }
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
