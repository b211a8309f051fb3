package dev.tiebreak.rlhf.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.data.LabelledExample;
import dev.tiebreak.rlhf.data.Pack;
import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.data.TextExample;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One batch under every loss of TRL's trainers: the loss, what is logged, and the gradient of every weight.
/// `src/test/scripts/trl_fixture.py` wrote the oracle.
class TrlOracleTest {
    private static final Path MODELS = Path.of("src/test/resources/rlhf/model");
    private static final JsonObject ORACLE = JsonFile.read(MODELS.resolve("trl.json"));

    @TempDir
    Path folder;

    record Run(JsonObject expected) {
        @Override
        public String toString() {
            return expected.get("method").getAsString() + " " + expected.get("settings");
        }
    }

    static Stream<Run> runs() {
        return ORACLE.getAsJsonArray("runs").asList().stream().map(run -> new Run(run.getAsJsonObject()));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void a_batch_costs_and_pulls_what_it_does_in_trl(Run run) throws IOException {
        Torch.RUNTIME.prepareThread();
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, withTokenizer());
                TensorScope scope = Torch.RUNTIME.scope().sub()) {
            Objective objective = objective(model, run.expected);
            Tally tally = new Tally();
            int[] all = IntStream.range(0, objective.rows()).toArray();
            tally.add("num_tokens", objective.accumulate(scope, all, objective.size(all), tally));
            Map<String, Double> means = tally.take();
            assertClose("loss", means.get("loss"), run.expected.get("loss"));
            run.expected
                    .getAsJsonObject("metrics")
                    .asMap()
                    .forEach((name, value) -> assertClose(name, means.get(name), value));
            run.expected.getAsJsonObject("gradient_norms").asMap().forEach((name, norm) -> {
                double squares = 0;
                for (float value : Objects.requireNonNull(
                                model.model().weights().get(name))
                        .gradient()) {
                    squares += (double) value * value;
                }
                assertClose(name, Math.sqrt(squares), norm);
            });
        }
    }

    private static void assertClose(String name, @Nullable Double actual, JsonElement expected) {
        double value = expected.getAsDouble();
        assertThat(actual).as(name).isNotNull().isCloseTo(value, within(2e-5 + 2e-4 * Math.abs(value)));
    }

    private static Objective objective(ModelFolder model, JsonObject expected) {
        TrainingMethod method = TrainingMethod.named(expected.get("method").getAsString());
        Map<String, String> chosen = new LinkedHashMap<>();
        expected.getAsJsonObject("settings")
                .asMap()
                .forEach((name, value) -> chosen.put(name, value.getAsString().toLowerCase(java.util.Locale.ROOT)));
        TrainingSettings settings = TrainingSettings.of(method, chosen);
        model.model().trainable();
        Objective objective = switch (settings.own()) {
            case SftSettings sft -> new SftObjective(model.model(), texts(sft, settings), List.of(), sft.loss());
            case DpoSettings dpo -> new DpoObjective(model.model(), pairs(), List.of(), dpo);
            case CpoSettings cpo -> new CpoObjective(model.model(), pairs(), List.of(), cpo);
            case OrpoSettings orpo -> new OrpoObjective(model.model(), pairs(), List.of(), orpo);
            case KtoSettings kto -> new KtoObjective(model.model(), labelled(), List.of(), kto, 4, Integer.MAX_VALUE);
            default -> throw new IllegalStateException("no oracle for " + method);
        };
        objective.reference().ifPresent(reference -> reference.restore(reference(expected)));
        return objective;
    }

    private static JsonObject reference(JsonObject expected) {
        JsonObject json = new JsonObject();
        json.add("train", expected.get("reference"));
        json.add("held_out", new JsonArray());
        return json;
    }

    /// The chosen and the rejected completions, each a text to imitate.
    private static List<Pack> texts(SftSettings sft, TrainingSettings settings) {
        List<TextExample> texts = rows().flatMap(row -> Stream.of("chosen", "rejected")
                        .map(side -> new TextExample(ids(row, "prompt"), ids(row, side))))
                .toList();
        return sft.packing()
                ? sft.packingStrategy().pack(texts, settings.maxLength())
                : texts.stream().map(Pack::of).toList();
    }

    private static List<PreferenceExample> pairs() {
        return rows().map(row -> new PreferenceExample(
                        ids(row, "prompt"),
                        ids(row, "chosen"),
                        ids(row, "rejected"),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()))
                .toList();
    }

    /// By turns the chosen and the rejected completion.
    private static List<LabelledExample> labelled() {
        List<LabelledExample> labelled = new ArrayList<>();
        rows().forEach(row -> {
            boolean desirable = labelled.size() % 2 == 0;
            int[] completion = ids(row, desirable ? "chosen" : "rejected");
            labelled.add(new LabelledExample(ids(row, "prompt"), completion, desirable));
        });
        return labelled;
    }

    private static Stream<JsonObject> rows() {
        return ORACLE.getAsJsonArray("rows").asList().stream().map(JsonElement::getAsJsonObject);
    }

    private static int[] ids(JsonObject row, String key) {
        return row.getAsJsonArray(key).asList().stream()
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }

    /// The checkpoint beside the tokenizer that all of them share.
    private Path withTokenizer() throws IOException {
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(MODELS.resolve("llama-tied").resolve(name), folder.resolve(name));
        }
        Files.copy(MODELS.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
        return folder;
    }
}
