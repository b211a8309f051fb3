package dev.tiebreak.rlhf.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.tokenizer.BpeTrainer;
import dev.tiebreak.rlhf.tokenizer.ChatTemplate;
import dev.tiebreak.rlhf.tokenizer.SpecialTokens;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceFolderTest {
    @TempDir
    Path root;

    private Path base;

    @BeforeEach
    void writeBaseModel() throws IOException {
        base = Files.createDirectory(root.resolve("base"));
        new BpeTrainer(260, 1, SpecialTokens.chatMl())
                .add("the the")
                .train()
                .writeTo(base, Optional.of(ChatTemplate.CHATML));
        Files.writeString(base.resolve("config.json"), """
                {"architectures": ["LlamaForCausalLM"], "vocab_size": 260, "eos_token_id": 1, "pad_token_id": 0}""");
        writeWeights(base);
    }

    @Test
    void a_derived_model_carries_everything_but_its_weights_and_configuration_over() throws IOException {
        Path run = Files.createDirectory(root.resolve("run"));
        Path target = run.resolve("model");
        HuggingFaceFolder folder = HuggingFaceFolder.open(base);
        JsonObject config = folder.config();
        config.getAsJsonArray("architectures").set(0, new JsonPrimitive("LlamaForSequenceClassification"));
        folder.writeDerived(target, config, HuggingFaceFolderTest::writeWeights);
        assertThat(namesIn(target))
                .containsExactlyInAnyOrder(
                        "chat_template.jinja",
                        "config.json",
                        "generation_config.json",
                        "model.safetensors",
                        "special_tokens_map.json",
                        "tokenizer.json",
                        "tokenizer_config.json");
        assertThat(target.resolve("tokenizer.json")).hasSameBinaryContentAs(base.resolve("tokenizer.json"));
        assertThat(JsonFile.read(target.resolve("generation_config.json")).toString())
                .isEqualTo("{\"_from_model_config\":true,\"eos_token_id\":1,\"pad_token_id\":0}");
        assertThat(namesIn(run)).as("nothing unfinished is left").containsExactly("model");
        HuggingFaceFolder derived = HuggingFaceFolder.open(target);
        assertThat(derived.config()).isEqualTo(config);
        try (Safetensors weights = derived.openWeights();
                Tokenizer tokenizer = derived.loadTokenizer()) {
            assertThat(weights.floats("w")).containsExactly(1, 2);
            assertThat(derived.requirePadId(tokenizer)).isZero();
        }
    }

    @Test
    void a_model_that_was_there_stays_until_the_new_one_is_whole() throws IOException {
        Path target = root.resolve("model");
        HuggingFaceFolder folder = HuggingFaceFolder.open(base);
        folder.writeDerived(target, folder.config(), HuggingFaceFolderTest::writeWeights);
        String before = HuggingFaceFolder.open(target).sha256();
        assertThatThrownBy(() -> folder.writeDerived(target, new JsonObject(), _ -> {
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(HuggingFaceFolder.open(target).sha256()).isEqualTo(before);
        assertThat(namesIn(root)).containsExactlyInAnyOrder("base", "model");
    }

    @Test
    void the_hash_changes_with_any_byte_of_any_file() throws IOException {
        HuggingFaceFolder folder = HuggingFaceFolder.open(base);
        String before = folder.sha256();
        assertThat(folder.sha256()).isEqualTo(before).hasSize(64);
        Files.writeString(base.resolve("chat_template.jinja"), ChatTemplate.CHATML + " ");
        assertThat(folder.sha256()).isNotEqualTo(before);
    }

    @Test
    void what_is_missing_is_named() throws IOException {
        Files.delete(base.resolve("model.safetensors"));
        Files.createFile(base.resolve("pytorch_model.bin"));
        assertThatThrownBy(() -> HuggingFaceFolder.open(base))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(base + ": neither model.safetensors nor model.safetensors.index.json is there; "
                        + "pytorch_model.bin is a pickle, save the model as safetensors");
        Files.delete(base.resolve("tokenizer.json"));
        assertThatThrownBy(() -> HuggingFaceFolder.open(base)).hasMessage(base + ": tokenizer.json is missing");
        Files.delete(base.resolve("config.json"));
        assertThatThrownBy(() -> HuggingFaceFolder.open(base)).hasMessage(base + ": config.json is missing");
        assertThatThrownBy(() -> HuggingFaceFolder.open(root.resolve("none")))
                .hasMessage(root.resolve("none") + ": no such model folder");
    }

    @Test
    void a_broken_configuration_is_one_line() throws IOException {
        Files.writeString(base.resolve("config.json"), "{\"vocab_size\": 260,}");
        assertThatThrownBy(() -> HuggingFaceFolder.open(base))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(base.resolve("config.json") + ": is not valid JSON: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_tokenizer_with_more_tokens_than_the_model_has_rows_is_refused() throws IOException {
        Files.writeString(base.resolve("config.json"), "{\"vocab_size\": 200}");
        assertThatThrownBy(() -> HuggingFaceFolder.open(base).loadTokenizer())
                .isInstanceOf(CheckpointException.class)
                .hasMessage(base + ": tokenizer.json has ids up to 259, but config.json says vocab_size 200");
    }

    @Test
    void a_model_without_a_pad_token_cannot_be_batched() throws IOException {
        Files.writeString(base.resolve("config.json"), "{\"vocab_size\": 260}");
        Files.writeString(base.resolve("tokenizer_config.json"), "{}");
        Files.writeString(base.resolve("special_tokens_map.json"), "{}");
        HuggingFaceFolder folder = HuggingFaceFolder.open(base);
        try (Tokenizer tokenizer = folder.loadTokenizer()) {
            assertThatThrownBy(() -> folder.requirePadId(tokenizer))
                    .hasMessage(
                            base + ": no pad token; set 'pad_token' in tokenizer_config.json to a token of its own");
        }
    }

    @Test
    void a_pad_token_that_also_ends_texts_is_refused_for_a_new_reward_model() throws IOException {
        HuggingFaceFolder sound = HuggingFaceFolder.open(base);
        try (Tokenizer tokenizer = sound.loadTokenizer()) {
            assertThat(sound.requireDistinctPadId(tokenizer)).isZero();
            int end = tokenizer.stopIds().iterator().next();
            Files.writeString(base.resolve("config.json"), "{\"vocab_size\": 260, \"pad_token_id\": " + end + "}");
            assertThatThrownBy(() -> HuggingFaceFolder.open(base).requireDistinctPadId(tokenizer))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage(base + ": the pad token " + end + " also ends texts; set 'pad_token_id' in config.json"
                            + " to the id of another token, which no text holds");
        }
    }

    private static void writeWeights(Path into) throws IOException {
        TensorInfo tensor = TensorInfo.of("w", Dtype.BF16, 2);
        try (SafetensorsWriter writer = SafetensorsWriter.create(into.resolve("model.safetensors"), List.of(tensor))) {
            writer.write("w", FloatFormat.fromFloats(Dtype.BF16, new float[] {1, 2}));
            writer.commit();
        }
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
