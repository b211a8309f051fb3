package dev.tiebreak.rlhf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.checkpoint.CheckpointException;
import dev.tiebreak.rlhf.checkpoint.Safetensors;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Against what peft computes with the adapters of `adapter_fixture.py`.
class AdapterTest {
    private static final Path ADAPTERS = Path.of("src/test/resources/rlhf/adapter");
    private static final Path BASES = Path.of("src/test/resources/rlhf/model");

    @TempDir
    Path folder;

    @BeforeEach
    void prepare() {
        Torch.RUNTIME.prepareThread();
    }

    static List<String> adapters() throws IOException {
        try (Stream<Path> files = Files.list(ADAPTERS)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void an_adapter_computes_what_peft_computes(String name) throws IOException {
        JsonObject oracle = oracle(name);
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, copy(name, oracle))) {
            assertLastLogits(model, oracle, "last", 1e-4f);
        }
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void its_loss_and_the_gradient_of_everything_that_learns_are_pefts(String name) throws IOException {
        Path adapter = copy(name, oracle(name));
        for (boolean recomputing : new boolean[] {false, true}) {
            assertLossAndGradients(adapter, oracle(name), recomputing);
        }
    }

    private static void assertLossAndGradients(Path adapter, JsonObject oracle, boolean recomputing) {
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, adapter);
                TensorScope scope = Torch.RUNTIME.scope().sub()) {
            model.model().trainable().recomputing(recomputing);
            double[] values;
            try (GradMode _ = GradMode.recording()) {
                values = model.config().head() == Head.SCORE
                        ? scored(model.model(), scope, oracle)
                        : summedLogProbs(model.model(), scope, oracle);
            }
            assertThat(values[0])
                    .isCloseTo(oracle.getAsJsonArray("values").get(0).getAsDouble(), within(1e-3));
            assertThat(values[1])
                    .isCloseTo(oracle.getAsJsonArray("values").get(1).getAsDouble(), within(1e-3));
            JsonObject norms = oracle.getAsJsonObject("gradient_norms");
            Map<String, Tensor> parameters = model.model().parameters();
            assertThat(parameters.keySet().stream().map(AdapterFolder::savedName))
                    .containsExactlyInAnyOrderElementsOf(norms.keySet());
            parameters.forEach((key, tensor) -> {
                double expected = norms.get(AdapterFolder.savedName(key)).getAsDouble();
                assertThat(norm(tensor.gradient())).as(key).isCloseTo(expected, within(1e-6 + 2e-4 * expected));
            });
        }
    }

    private static double[] scored(LanguageModel model, TensorScope scope, JsonObject oracle) {
        SequenceScores scores = model.scores(scope, PackedSequences.of(rows(oracle, "rows")));
        float[] values = scores.floats();
        double slope = slope(values[0], values[1]);
        scores.backward(scope.floats(new float[] {(float) slope, (float) -slope}, 2));
        return new double[] {values[0], values[1]};
    }

    private static double[] summedLogProbs(LanguageModel model, TensorScope scope, JsonObject oracle) {
        List<int[]> rows = rows(oracle, "rows");
        PackedSequences packed = PackedSequences.of(rows);
        int first = rows.getFirst().length;
        long[] places = LongStream.range(0, packed.size())
                .filter(i -> i >= 4 && i != first - 1 && (i < first || i >= first + 4) && i != packed.size() - 1)
                .toArray();
        long[] targets =
                LongStream.of(places).map(i -> packed.tokens()[(int) i + 1]).toArray();
        TrunkPass pass = model.trunk(scope, packed, places);
        float[] logProbs = model.logProbs(scope, pass, targets).logProbs();
        double[] sums = new double[2];
        for (int i = 0; i < places.length; i++) {
            sums[places[i] < first ? 0 : 1] += logProbs[i];
        }
        double slope = slope(sums[0], sums[1]);
        float[] gradient = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            gradient[i] = (float) (places[i] < first ? slope : -slope);
        }
        model.backpropagate(scope, pass, targets, gradient);
        return sums;
    }

    /// The derivative of −ln σ(0.1·(first − second)) by the first.
    private static double slope(double first, double second) {
        return -0.1 / (1 + Math.exp(0.1 * (first - second)));
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void merged_into_its_base_it_is_the_model_that_peft_merges(String name) throws IOException {
        JsonObject oracle = oracle(name);
        Path merged = folder.resolve("merged");
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, copy(name, oracle))) {
            model.save(merged);
        }
        assertThat(ModelFolder.isAdapter(merged)).isFalse();
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, merged)) {
            assertThat(model.hasAdapter()).isFalse();
            assertLastLogits(model, oracle, "merged_last", 1e-4f);
            assertLastLogits(model, oracle, "last", 1e-4f);
        }
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void written_again_every_tensor_is_the_same(String name) throws IOException {
        Path original = copy(name, oracle(name));
        Path again = folder.resolve("again");
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, original)) {
            model.saveAdapter(again);
        }
        try (Safetensors before = Safetensors.open(original.resolve(AdapterFolder.WEIGHTS));
                Safetensors after = Safetensors.open(again.resolve(AdapterFolder.WEIGHTS))) {
            assertThat(after.names()).containsExactlyElementsOf(before.names());
            for (String tensor : before.names()) {
                assertThat(after.data(tensor)).as(tensor).isEqualTo(before.data(tensor));
            }
        }
        JsonObject json = JsonFile.read(again.resolve("adapter_config.json"));
        JsonObject first = JsonFile.read(original.resolve("adapter_config.json"));
        for (String key : List.of("base_model_name_or_path", "task_type", "modules_to_save")) {
            first.remove(key);
        }
        first.asMap().forEach((key, value) -> assertThat(json.get(key)).as(key).isEqualTo(value));
    }

    @ParameterizedTest
    @CsvSource({"llama-tied, false", "qwen2, true", "qwen3, true", "gpt2, false", "gpt2, true", "gemma2, true"})
    void a_new_adapter_changes_nothing_yet(String base, boolean dora) throws IOException {
        Path path = base(base);
        LoraConfig config = new LoraConfig(4, 8, true, dora, List.of());
        try (ModelFolder plain = ModelFolder.load(Torch.RUNTIME, path);
                ModelFolder adapted = ModelFolder.loadToTrain(
                        Torch.RUNTIME, path, false, Optional.of(config), new SplittableRandom(1))) {
            assertThat(adapted.hasAdapter()).isTrue();
            assertThat(last(adapted, new int[] {5, 9, 200, 7}))
                    .containsExactly(last(plain, new int[] {5, 9, 200, 7}), within(1e-5f));
            float[] down =
                    adapted.model().parameters().values().iterator().next().floats();
            assertThat(down).hasSize(4 * 16);
            for (float value : down) {
                assertThat(value).isBetween(-0.25f, 0.25f).isNotZero();
            }
        }
    }

    @Test
    void only_the_projections_that_are_named_carry_one() throws IOException {
        LoraConfig config = new LoraConfig(2, 4, false, false, List.of("c_attn", "mlp.c_proj"));
        try (ModelFolder adapted = ModelFolder.loadToTrain(
                Torch.RUNTIME, base("gpt2"), false, Optional.of(config), new SplittableRandom(1))) {
            assertThat(adapted.model().parameters().keySet())
                    .containsExactly(
                            "transformer.h.0.attn.c_attn.lora_A.weight",
                            "transformer.h.0.attn.c_attn.lora_B.weight",
                            "transformer.h.0.mlp.c_proj.lora_A.weight",
                            "transformer.h.0.mlp.c_proj.lora_B.weight",
                            "transformer.h.1.attn.c_attn.lora_A.weight",
                            "transformer.h.1.attn.c_attn.lora_B.weight",
                            "transformer.h.1.mlp.c_proj.lora_A.weight",
                            "transformer.h.1.mlp.c_proj.lora_B.weight");
        }
        LoraConfig unknown = new LoraConfig(2, 4, false, false, List.of("q_proj"));
        assertThatThrownBy(() -> ModelFolder.loadToTrain(
                        Torch.RUNTIME, base("gpt2"), false, Optional.of(unknown), new SplittableRandom(1)))
                .isInstanceOf(WrongInputException.class)
                .hasMessage("lora_target_modules: the model has no projection 'q_proj'; it has attn.c_attn,"
                        + " attn.c_proj, mlp.c_fc, mlp.c_proj");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "peft_type | \"LOHA\" | peft_type is \"LOHA\"; supported is LORA",
                "bias | \"all\" | bias is \"all\"; supported is none",
                "lora_alpha | null | lora_alpha is null; it must be a number",
                "use_qalora | true | use_qalora is true, which is not supported",
                "target_parameters | [\"x\"] | target_parameters is [\"x\"], which is not supported",
                "init_lora_weights | \"pissa\" | init_lora_weights is \"pissa\", which changed the base's weights too",
                "task_type | \"SEQ_2_SEQ_LM\" | task_type is \"SEQ_2_SEQ_LM\"; supported are CAUSAL_LM and SEQ_CLS",
                "alpha_pattern | {\"^q.*\": 3} | alpha_pattern has \"^q.*\"; supported are plain names",
                "base_model_name_or_path | \"org/name\" | base_model_name_or_path is \"org/name\", but there is no such"
            })
    void what_is_not_computed_is_named(String key, String value, String message) throws IOException {
        Path adapter = copy("lora", oracle("lora"));
        Path file = adapter.resolve("adapter_config.json");
        JsonObject json = JsonFile.read(file);
        json.add(key, com.google.gson.JsonParser.parseString(value));
        JsonFile.write(file, json);
        assertThatThrownBy(() -> ModelFolder.load(Torch.RUNTIME, adapter))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file + ": " + message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_copy_of_the_bases_configuration_beside_it_makes_no_model_of_an_adapter() throws IOException {
        Path adapter = copy("lora", oracle("lora"));
        Files.copy(BASES.resolve("llama-tied/config.json"), adapter.resolve("config.json"));
        assertThat(ModelFolder.isAdapter(adapter)).isTrue();
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, adapter)) {
            assertLastLogits(model, oracle("lora"), "last", 1e-4f);
        }
    }

    @Test
    void texts_end_where_the_base_says_though_the_adapter_brings_its_own_tokenizer() throws IOException {
        Path adapter = copy("lora", oracle("lora"));
        Files.copy(BASES.resolve("tokenizer.json"), adapter.resolve("tokenizer.json"));
        JsonObject generation = new JsonObject();
        generation.add("eos_token_id", com.google.gson.JsonParser.parseString("[257, 9]"));
        JsonFile.write(folder.resolve("llama-tied/generation_config.json"), generation);
        Path again = folder.resolve("again");
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, adapter)) {
            assertThat(model.tokenizer().stopIds()).containsExactlyInAnyOrder(257, 9);
            model.saveAdapter(again);
        }
        assertThat(JsonFile.read(again.resolve("generation_config.json"))).isEqualTo(generation);
    }

    @Test
    void a_tensor_that_belongs_nowhere_or_does_not_fit_is_named() throws IOException {
        Path adapter = copy("lora", oracle("lora"));
        Path other = copy("dora", oracle("dora"));
        Files.copy(
                other.resolve(AdapterFolder.WEIGHTS),
                adapter.resolve(AdapterFolder.WEIGHTS),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> ModelFolder.load(Torch.RUNTIME, adapter))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tensor 'base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight'")
                .hasMessageNotContaining("\n");
    }

    private Path base(String name) throws IOException {
        Path base = folder.resolve(name);
        if (!Files.exists(base)) {
            Files.createDirectories(base);
            for (String file : List.of("config.json", "model.safetensors")) {
                Files.copy(BASES.resolve(name).resolve(file), base.resolve(file));
            }
            Files.copy(BASES.resolve("tokenizer.json"), base.resolve("tokenizer.json"));
        }
        return base;
    }

    /// The adapter beside a copy of its base.
    private Path copy(String name, JsonObject oracle) throws IOException {
        base(oracle.get("base").getAsString());
        Path adapter =
                Files.createDirectories(folder.resolve("adapters-" + name).resolveSibling("adapter-" + name));
        for (String file : List.of("adapter_config.json", AdapterFolder.WEIGHTS)) {
            Files.copy(ADAPTERS.resolve(name).resolve(file), adapter.resolve(file));
        }
        return adapter;
    }

    private static JsonObject oracle(String name) {
        return JsonFile.read(ADAPTERS.resolve(name).resolve("oracle.json"));
    }

    private static List<int[]> rows(JsonObject oracle, String key) {
        List<int[]> rows = new ArrayList<>();
        for (JsonElement row : oracle.getAsJsonArray(key)) {
            rows.add(row.getAsJsonArray().asList().stream()
                    .mapToInt(JsonElement::getAsInt)
                    .toArray());
        }
        return rows;
    }

    private static void assertLastLogits(ModelFolder model, JsonObject oracle, String key, float tolerance) {
        List<int[]> sequences = rows(oracle, "sequences");
        JsonArray expected = oracle.getAsJsonArray(key);
        for (int n = 0; n < sequences.size(); n++) {
            float[] found = last(model, sequences.get(n));
            JsonArray row = expected.get(n).getAsJsonArray();
            assertThat(found).hasSize(row.size());
            for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).isCloseTo(row.get(i).getAsFloat(), within(tolerance));
            }
        }
    }

    /// Logits, or of a reward model its score, at the last token.
    private static float[] last(ModelFolder folder, int[] sequence) {
        LanguageModel model = folder.model();
        PackedSequences packed = PackedSequences.of(List.of(sequence));
        try (TensorScope scope = Torch.RUNTIME.scope().sub();
                GradMode _ = GradMode.off()) {
            return folder.config().head() == Head.SCORE
                    ? model.scores(scope, packed).floats()
                    : model.logits(scope, packed, packed.lastTokens());
        }
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : Objects.requireNonNull(values)) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
