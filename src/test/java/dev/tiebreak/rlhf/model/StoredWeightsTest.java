package dev.tiebreak.rlhf.model;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.checkpoint.CheckpointException;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.FloatFormat;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.Safetensors;
import dev.tiebreak.rlhf.checkpoint.SafetensorsWriter;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import dev.tiebreak.rlhf.checkpoint.WeightFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The folders of `src/test/scripts/model_fixture.py`, which transformers wrote.
class StoredWeightsTest {
    private static final Path FIXTURE = Path.of("src/test/resources/rlhf/model");

    @TempDir
    Path folder;

    @BeforeEach
    void prepare() {
        Torch.RUNTIME.prepareThread();
    }

    @Test
    void a_weight_in_a_layer_that_the_configuration_does_not_know_is_named() throws IOException {
        Path model = copy("llama-biased");
        JsonObject config = JsonFile.read(model.resolve("config.json"));
        config.addProperty("mlp_bias", false);
        JsonFile.write(model.resolve("config.json"), config);
        assertThatThrownBy(() -> ModelFolder.load(Torch.RUNTIME, model))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(model + ": tensor 'model.layers.0.mlp.down_proj.bias' is none that config.json asks for;"
                        + " without it the model would compute something else");
        config.addProperty("mlp_bias", true);
        config.addProperty("num_hidden_layers", 1);
        JsonFile.write(model.resolve("config.json"), config);
        assertThatThrownBy(() -> ModelFolder.load(Torch.RUNTIME, model)).hasMessageContaining("'model.layers.1.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama-untied",
                "llama-biased",
                "qwen2-windowed",
                "qwen3",
                "gpt2",
                "gemma2",
                "gpt2-reward",
                "gemma2-reward"
            })
    void what_is_loaded_and_saved_is_the_same_file_byte_for_byte(String name) throws IOException {
        Path model = copy(name);
        try (ModelFolder loaded = ModelFolder.load(Torch.RUNTIME, model)) {
            loaded.save(folder.resolve("saved"));
        }
        assertThat(folder.resolve("saved/model.safetensors"))
                .hasSameBinaryContentAs(model.resolve("model.safetensors"));
        try (ModelFolder again = ModelFolder.load(Torch.RUNTIME, folder.resolve("saved"))) {
            assertThat(again.config()).isEqualTo(ModelConfigFile.read(HuggingFaceFolder.open(model)));
        }
    }

    @Test
    void every_familys_new_configuration_reads_back_to_itself() throws IOException {
        for (Head head : Head.values()) {
            for (ModelConfig config : Torch.tinyOfEveryFamily(head)) {
                Path model = copy("qwen2");
                JsonFile.write(model.resolve("config.json"), ModelConfigFile.json(config));
                assertThat(ModelConfigFile.read(HuggingFaceFolder.open(model))).isEqualTo(config);
            }
        }
    }

    @Test
    void shards_of_a_chosen_size_hold_the_same_tensors_and_an_index_with_their_bytes() throws IOException {
        Path model = copy("gemma2");
        convert(model, Dtype.F32, 8000, "sharded");

        Path sharded = folder.resolve("sharded");
        JsonObject index = JsonFile.read(sharded.resolve("model.safetensors.index.json"));
        try (Stream<Path> files = Files.list(sharded);
                Safetensors before = Safetensors.openFolder(model);
                Safetensors after = Safetensors.openFolder(sharded)) {
            List<Path> shards = files.filter(file -> file.toString().endsWith(".safetensors"))
                    .toList();
            assertThat(shards).hasSizeGreaterThan(2);
            for (Path shard : shards) { // the embedding alone is larger
                assertThat(Files.size(shard)).isLessThan(264 * 16 * 4 + 2000);
            }
            assertThat(after.names()).containsExactlyInAnyOrderElementsOf(before.names());
            for (String name : before.names()) {
                assertThat(after.data(name)).isEqualTo(before.data(name));
            }
            long bytes = before.names().stream()
                    .mapToLong(name -> before.info(name).byteSize())
                    .sum();
            JsonElement total = index.getAsJsonObject("metadata").get("total_size");
            assertThat(total.getAsLong()).isEqualTo(bytes);
        }
    }

    @Test
    void old_gpt2_files_without_prefix_but_with_masks_give_the_same_model() throws IOException {
        Path model = copy("gpt2");
        Path old = copy("gpt2", "old");
        List<TensorInfo> layout = new ArrayList<>();
        try (Safetensors tensors = Safetensors.openFolder(model);
                ModelFolder now = ModelFolder.load(Torch.RUNTIME, model)) {
            tensors.names()
                    .forEach(name -> layout.add(TensorInfo.of(
                            name.replaceFirst("transformer\\.", ""),
                            Dtype.F32,
                            tensors.info(name).shape())));
            layout.add(TensorInfo.of("h.0.attn.bias", Dtype.U8, 1, 1, 2, 2));
            layout.add(TensorInfo.of("h.0.attn.masked_bias", Dtype.F32));
            try (SafetensorsWriter writer = SafetensorsWriter.create(old.resolve("model.safetensors"), layout)) {
                for (String name : tensors.names()) {
                    writer.write(name.replaceFirst("transformer\\.", ""), tensors.data(name));
                }
                writer.write("h.0.attn.bias", ByteBuffer.allocate(4));
                writer.write("h.0.attn.masked_bias", FloatFormat.fromFloats(Dtype.F32, new float[] {-1e4f}));
                writer.commit();
            }
            try (ModelFolder before = ModelFolder.load(Torch.RUNTIME, old)) {
                for (String name : now.model().weights().keySet()) {
                    assertThat(values(before, name)).containsExactly(values(now, name));
                }
            }
        }
        convert(old, Dtype.BF16, WeightFiles.ONE_FILE, "renamed");
        try (Safetensors renamed = Safetensors.openFolder(folder.resolve("renamed"))) {
            assertThat(renamed.names())
                    .contains("transformer.wte.weight")
                    .noneMatch(name -> name.endsWith(".attn.bias"));
        }
    }

    @Test
    void a_number_too_large_for_float16_is_named_with_its_tensor() throws IOException {
        Path model = copy("qwen2");
        Path file = model.resolve("model.safetensors");
        List<TensorInfo> layout = new ArrayList<>();
        try (Safetensors tensors = Safetensors.open(FIXTURE.resolve("qwen2/model.safetensors"))) {
            tensors.names().forEach(name -> layout.add(tensors.info(name)));
            try (SafetensorsWriter writer = SafetensorsWriter.create(file, layout)) {
                for (TensorInfo tensor : layout) {
                    float[] values = tensors.floats(tensor.name());
                    values[3] = tensor.name().equals("model.norm.weight") ? 70_000 : values[3];
                    writer.write(tensor.name(), FloatFormat.fromFloats(Dtype.F32, values));
                }
                writer.commit();
            }
        }
        assertThatThrownBy(() -> convert(model, Dtype.F16, WeightFiles.ONE_FILE, "half"))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(model + ": tensor 'model.norm.weight' holds 70000.0, which is too large for float16;"
                        + " bfloat16 has room for it");
        assertThat(folder.resolve("half")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qwen3 | architectures | [\"MambaForCausalLM\"] | is MambaForCausalLM; supported are LlamaForCausalLM",
                "qwen3 | rope_parameters | {\"rope_type\": \"yarn\", \"factor\": 4} | is of type yarn; supported is",
                "qwen2 | rope_parameters | {\"type\": \"linear\", \"factor\": 2} | is of type linear; supported is",
                "qwen2 | layer_types | [\"chunked_attention\"] | ",
                "qwen2 | hidden_act | \"relu\" | is relu; supported is silu",
                "gpt2 | activation_function | \"relu\" | is relu; supported is gelu_new",
                "gpt2 | n_head | 5 | ",
                "gemma2 | hidden_activation | \"gelu\" | is gelu; supported is gelu_pytorch_tanh",
                "gemma2 | attn_logit_softcapping | -1 | is no number above 0",
                "gemma2 | query_pre_attn_scalar | 0 | must be above 0, is 0",
                "llama-tied | num_hidden_layers | \"two\" | is no whole number"
            })
    void what_cannot_be_computed_is_named_with_file_and_key(String line) throws IOException {
        String[] parts = line.split(" \\| ", -1);
        Path model = copy(parts[0]);
        JsonObject config = JsonFile.read(model.resolve("config.json"));
        config.add(parts[1], JsonParser.parseString(parts[2]));
        if (parts[1].equals("layer_types")) {
            config.addProperty("use_sliding_window", true);
        }
        JsonFile.write(model.resolve("config.json"), config);
        String file = model.resolve("config.json") + ": '" + (parts[1].equals("n_head") ? "n_embd" : parts[1]) + "' ";
        assertThatThrownBy(() -> ModelConfigFile.read(HuggingFaceFolder.open(model)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file + parts[3])
                .hasMessageNotContaining("\n");
    }

    private static float[] values(ModelFolder folder, String name) {
        return Objects.requireNonNull(folder.model().weights().get(name)).floats();
    }

    private Path copy(String name) throws IOException {
        return copy(name, name);
    }

    private Path copy(String name, String as) throws IOException {
        Path whole = Files.createDirectories(folder.resolve(as));
        for (String file : List.of(name + "/config.json", name + "/model.safetensors", "tokenizer.json")) {
            Path from = FIXTURE.resolve(file);
            Files.copy(from, whole.resolve(from.getFileName()), REPLACE_EXISTING);
        }
        return whole;
    }

    private void convert(Path model, Dtype dtype, long shardBytes, String out) throws IOException {
        ModelConversion.write(HuggingFaceFolder.open(model), folder.resolve(out), dtype, shardBytes);
    }
}
