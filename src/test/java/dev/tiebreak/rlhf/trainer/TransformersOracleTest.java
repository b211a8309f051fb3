package dev.tiebreak.rlhf.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.rollout.Sample;
import dev.tiebreak.rlhf.rollout.SamplePrompt;
import dev.tiebreak.rlhf.rollout.Sampler;
import dev.tiebreak.rlhf.rollout.SamplingSettings;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Numbers that transformers and PyTorch's autograd computed; `src/test/scripts/model_fixture.py` made them. Both
/// sides compute in fp32, in another order, so relative agreement to 1e-4 is what can be asked for.
class TransformersOracleTest {
    private static final Path FIXTURE = Path.of("src/test/resources/rlhf/model");

    @TempDir
    Path folder;

    static Stream<String> languageModels() throws IOException {
        return names().filter(name -> !name.endsWith("-reward"));
    }

    static Stream<String> rewardModels() throws IOException {
        return names().filter(name -> name.endsWith("-reward"));
    }

    private static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FIXTURE)) {
            return files
                    .filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static JsonObject oracle(String name) {
        return JsonFile.read(FIXTURE.resolve(name).resolve("oracle.json"));
    }

    @BeforeEach
    void prepare() {
        Torch.RUNTIME.prepareThread();
    }

    @ParameterizedTest
    @MethodSource("languageModels")
    void logits_are_those_of_transformers(String name) throws IOException {
        try (ModelFolder model = load(name);
                TensorScope scope = Torch.RUNTIME.scope().sub()) {
            for (JsonElement each : oracle(name).getAsJsonArray("logits")) {
                JsonObject text = each.getAsJsonObject();
                PackedSequences packed = PackedSequences.of(List.of(ints(text, "ids")));
                long[] places =
                        IntStream.of(ints(text, "places")).asLongStream().toArray();
                assertClose(model.model().logits(scope, packed, places), doubles(text, "logits"), 1e-4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("languageModels")
    void greedy_continuations_are_those_of_transformers(String name) throws IOException {
        try (ModelFolder model = load(name)) {
            Sampler sampler = new Sampler(Torch.RUNTIME, model.model(), Set.of());
            JsonArray texts = oracle(name).getAsJsonArray("greedy");
            List<SamplePrompt> prompts = texts.asList().stream()
                    .map(text -> new SamplePrompt(ints(text.getAsJsonObject(), "ids"), 0))
                    .toList();
            List<Sample> samples = sampler.sample(prompts, SamplingSettings.greedy(24), (_, _) -> {}, () -> false);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(samples.get(i).tokens())
                        .containsExactly(ints(texts.get(i).getAsJsonObject(), "written"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("languageModels")
    void the_dpo_loss_and_its_gradient_are_those_of_autograd(String name) throws IOException {
        JsonObject expected = oracle(name).getAsJsonObject("dpo");
        List<PreferenceExample> rows = rows(expected);
        double[] chosen = doubles(expected, "reference_chosen");
        double[] rejected = doubles(expected, "reference_rejected");
        DpoSettings settings = (DpoSettings) SmallRun.settings(TrainingMethod.DPO, "beta=" + expected.get("beta"))
                .own();
        try (ModelFolder model = load(name)) {
            DpoObjective objective = new DpoObjective(model.model().trainable(), rows, List.of(), settings);
            objective.reference().orElseThrow().restore(reference(chosen, rejected));
            Map<String, Double> means = accumulate(objective, model);
            assertThat(means.get("loss")).isCloseTo(expected.get("loss").getAsDouble(), within(1e-5));
            assertThat(means.get("logps/chosen")).isCloseTo(mean(doubles(expected, "logps_chosen")), within(1e-4));
            assertThat(means.get("logps/rejected")).isCloseTo(mean(doubles(expected, "logps_rejected")), within(1e-4));
            assertGradients(model, expected);
        }
    }

    @ParameterizedTest
    @MethodSource("rewardModels")
    void scores_of_a_reward_model_its_loss_and_its_gradient_are_those_of_transformers(String name) throws IOException {
        JsonObject expected = oracle(name);
        List<PreferenceExample> rows = rows(expected);
        try (ModelFolder model = load(name);
                TensorScope scope = Torch.RUNTIME.scope().sub()) {
            float[] scores =
                    model.model().scores(scope, PairForward.packed(rows)).floats();
            assertClose(scores, doubles(expected, "scores"), 1e-4);

            RewardSettings settings = (RewardSettings)
                    TrainingSettings.of(TrainingMethod.REWARD_MODEL).own();
            Map<String, Double> means =
                    accumulate(new RewardObjective(model.model().trainable(), rows, List.of(), settings), model);
            assertThat(means.get("loss")).isCloseTo(expected.get("loss").getAsDouble(), within(1e-5));
            assertGradients(model, expected);
        }
    }

    /// Two numbers for each row, as checkpoints keep them.
    static JsonObject reference(double[] first, double[] second) {
        JsonArray rows = new JsonArray();
        for (int i = 0; i < first.length; i++) {
            JsonArray row = new JsonArray();
            row.add(first[i]);
            row.add(second[i]);
            rows.add(row);
        }
        JsonObject json = new JsonObject();
        json.add("train", rows);
        json.add("held_out", new JsonArray());
        return json;
    }

    private static Map<String, Double> accumulate(Objective objective, ModelFolder model) {
        Tally tally = new Tally();
        try (TensorScope scope = Torch.RUNTIME.scope().sub()) {
            int[] all = IntStream.range(0, objective.rows()).toArray();
            objective.accumulate(scope, all, objective.size(all), tally);
        }
        return tally.take();
    }

    private static void assertGradients(ModelFolder model, JsonObject expected) {
        JsonObject norms = expected.getAsJsonObject("gradient_norms");
        assertThat(norms.keySet())
                .containsExactlyInAnyOrderElementsOf(model.model().weights().keySet());
        for (Map.Entry<String, Tensor> weight : model.model().weights().entrySet()) {
            double squares = 0;
            for (float value : weight.getValue().gradient()) {
                squares += (double) value * value;
            }
            double norm = norms.get(weight.getKey()).getAsDouble();
            // a bias on all scores alike has no gradient but rounding
            assertThat(Math.sqrt(squares)).as(weight.getKey()).isCloseTo(norm, within(1e-4 * norm + 1e-7));
        }
    }

    private ModelFolder load(String name) throws IOException {
        Path whole = Files.createDirectories(folder.resolve(name));
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(FIXTURE.resolve(name).resolve(file), whole.resolve(file));
        }
        Files.copy(FIXTURE.resolve("tokenizer.json"), whole.resolve("tokenizer.json"));
        return ModelFolder.load(Torch.RUNTIME, whole);
    }

    private static List<PreferenceExample> rows(JsonObject expected) {
        List<PreferenceExample> rows = new ArrayList<>();
        for (JsonElement each : expected.getAsJsonArray("rows")) {
            JsonObject row = each.getAsJsonObject();
            rows.add(new PreferenceExample(
                    ints(row, "prompt"),
                    ints(row, "chosen"),
                    ints(row, "rejected"),
                    OptionalDouble.empty(),
                    OptionalDouble.empty()));
        }
        return rows;
    }

    private static void assertClose(float[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static int[] ints(JsonObject object, String name) {
        return object.getAsJsonArray(name).asList().stream()
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }

    private static double[] doubles(JsonObject object, String name) {
        return object.getAsJsonArray(name).asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }
}
