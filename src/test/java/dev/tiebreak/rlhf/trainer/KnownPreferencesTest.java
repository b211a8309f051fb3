package dev.tiebreak.rlhf.trainer;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.DPO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Policies are trained on preferences that are known, and judged by what they write. Numbers in comments were measured
/// when the test was written; the gates are a little looser.
class KnownPreferencesTest {
    private static final String[] STEADY = {"learning_rate=1e-4", "num_train_epochs=3"};

    @TempDir
    static Path folder;

    private static LetterWorld world;

    @BeforeAll
    static void makeWorld() {
        world = new LetterWorld(folder);
    }

    @Test
    void dpo_writes_what_is_preferred_and_stays_nearer_to_its_reference_the_larger_beta_is() throws IOException {
        Path pairs = world.write("pairs.jsonl", world.pairs(1482, 5, 0));
        Path loose = train("loose", DPO, pairs, STEADY, "beta=0.1");
        Path tight = train("tight", DPO, pairs, STEADY, "beta=0.5");
        for (String run : List.of("loose", "tight")) {
            assertThat(logged(run, "loss").getFirst()).isCloseTo(Math.log(2), within(1e-9));
            List<Double> accuracies = logged(run, "rewards/accuracies");
            assertThat(accuracies.subList(accuracies.size() - 20, accuracies.size()))
                    .satisfies(last -> assertThat(mean(last)).isGreaterThan(0.8));
        }
        assertThat(world.winRate(loose)).isGreaterThan(0.85); // 0.98
        assertThat(world.winRate(tight)).isGreaterThan(0.85); // 0.95
        double far = world.divergence(loose);
        double near = world.divergence(tight);
        assertThat(near).isBetween(0.5, far - 1); // 3.7 and 7.7 nats a text
    }

    @Test
    void a_pair_of_equal_completions_teaches_nothing() throws IOException {
        JsonObject row = LetterWorld.row("chosen", "abcdabcdabcd");
        row.addProperty("rejected", "abcdabcdabcd");
        train("equal", DPO, world.write("equal.jsonl", List.of(row)), STEADY);
        assertThat(logged("equal", "loss")).allSatisfy(loss -> assertThat(loss).isCloseTo(Math.log(2), within(1e-12)));
        assertThat(logged("equal", "grad_norm"))
                .allSatisfy(norm -> assertThat(norm).isLessThan(1e-5));
    }

    @ParameterizedTest
    @CsvSource({
        "KTO,   beta=0.1", // 0.97
        "ORPO,  beta=0.5", // 0.77
        "SIMPO, beta=2", // 0.96
        "DPO,   loss_type=ipo", // 0.98
        "DPO,   label_smoothing=0.1", // 0.98
        "DPO,   loss_type=robust;label_smoothing=0.1", // 0.98
        "DPO,   loss_type=apo_zero", // 0.98
        "DPO,   loss_type=apo_down" // 0.83
    })
    void every_method_writes_what_is_preferred(TrainingMethod method, String settings) {
        Path pairs = world.write("some-pairs.jsonl", world.pairs(480, 5, 0));
        String[] quick = {"learning_rate=2e-4", "num_train_epochs=3"};
        Path policy = train(method + settings, method, pairs, quick, settings.split(";"));
        assertThat(world.winRate(policy)).isGreaterThan(0.65);
    }

    /// Minima that are known: cDPO's where σ(β·Δ) is the share of labels believed, IPO's where Δ is 1/(2β).
    @ParameterizedTest
    @CsvSource({
        "label_smoothing=0.1, 2.19722458",
        "label_smoothing=0.2, 1.38629436",
        "loss_type=ipo_sum, 0.5",
        "loss_type=exo_pair;label_smoothing=0.1, 2.19722458"
    })
    void a_single_pair_is_learnt_as_far_as_the_loss_says_and_no_further(String settings, double margin)
            throws IOException {
        JsonObject row = LetterWorld.row("chosen", "abcdabcdabcd");
        row.addProperty("rejected", "hgfehgfehgfe");
        String[] long_ = {"learning_rate=1e-4", "num_train_epochs=300", "lr_scheduler_type=linear"};
        train("single" + settings, DPO, world.write("single.jsonl", List.of(row)), long_, settings.split(";"));
        assertThat(logged("single" + settings, "rewards/margins").getLast()).isCloseTo(margin, within(0.05 * margin));
    }

    @Tag("slow")
    @Test
    void where_labels_are_wrong_the_robust_loss_finds_what_is_right_at_least_as_well() {
        Path pairs = world.write("noisy.jsonl", world.pairs(800, 6, 0.2));
        String[] steady = {"learning_rate=1e-4", "num_train_epochs=6", "beta=0.3"};
        Path plain = train("noisy-plain", DPO, pairs, steady);
        Path robust = train("noisy-robust", DPO, pairs, steady, "loss_type=robust", "label_smoothing=0.2");
        assertThat(world.winRate(robust)).isGreaterThan(world.winRate(plain) - 0.02); // 0.95 and 0.91
        assertThat(heldOutLoss(robust, 0)).isLessThan(heldOutLoss(plain, 0)); // 0.392 and 0.421
    }

    @Tag("slow")
    @Test
    void where_labels_are_wrong_smoothing_keeps_a_policy_from_being_surer_than_they_are() {
        Path pairs = world.write("few-noisy.jsonl", world.pairs(300, 6, 0.2));
        String[] hot = {"learning_rate=3e-4", "num_train_epochs=12", "beta=0.3"};
        Path plain = train("hot-plain", DPO, pairs, hot);
        Path smooth = train("hot-smooth", DPO, pairs, hot, "label_smoothing=0.2");
        assertThat(heldOutLoss(smooth, 0.2)).isLessThan(heldOutLoss(plain, 0.2)); // 0.583 and 0.590
        assertThat(world.winRate(smooth)).isGreaterThan(0.75); // 0.83
    }

    /// The mean negative log-probability that a policy gives labels of which a share is wrong, in nats.
    private static double heldOutLoss(Path policy, double wrong) {
        List<JsonObject> pairs = world.pairs(300, 9, 0);
        double[] chosen = ratios(policy, pairs, "chosen");
        double[] rejected = ratios(policy, pairs, "rejected");
        return IntStream.range(0, pairs.size())
                .mapToDouble(i -> 1 / (1 + Math.exp(-0.3 * (chosen[i] - rejected[i]))))
                .map(right -> -(1 - wrong) * Math.log(right) - wrong * Math.log(1 - right))
                .average()
                .orElseThrow();
    }

    private static double[] ratios(Path policy, List<JsonObject> pairs, String side) {
        List<String> texts =
                pairs.stream().map(pair -> pair.get(side).getAsString()).toList();
        double[] now = world.sums(policy, texts);
        double[] before = world.sums(world.base, texts);
        return IntStream.range(0, now.length)
                .mapToDouble(i -> now[i] - before[i])
                .toArray();
    }

    private static Path train(String out, TrainingMethod method, Path rows, String[] some, String... more) {
        Map<String, String> all = new HashMap<>(Map.of("per_device_train_batch_size", "32"));
        for (String[] settings : new String[][] {some, more}) {
            for (String setting : settings) {
                all.put(setting.split("=")[0], setting.split("=")[1]);
            }
        }
        return world.train(out, method, world.base, rows, Optional.empty(), all);
    }

    private static double mean(List<? extends Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }

    private static List<Double> logged(String run, String metric) throws IOException {
        return Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl")).stream()
                .map(JsonFile::parseObject)
                .filter(row -> row.has(metric))
                .map(row -> row.get(metric).getAsDouble())
                .toList();
    }
}
