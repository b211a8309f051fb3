package dev.tiebreak.rlhf.trainer;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.DPO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.KTO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.REWARD_MODEL;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.SFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.data.Passage;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.rollout.RewardScorer;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearningTest {
    @TempDir
    Path folder;

    private SmallRun run;

    @BeforeEach
    void prepare() {
        run = new SmallRun(folder);
    }

    @Test
    void the_first_dpo_step_costs_the_logarithm_of_two_and_shows_no_margin() throws IOException {
        run.train("dpo", DPO, "max_steps=1", "learning_rate=1e-3");
        for (JsonObject row : run.metrics("dpo").subList(0, 2)) {
            String prefix = row.has("loss") ? "" : "eval_";
            // policy and reference are the same numbers, bit by bit, so nothing but log(2) is right
            assertThat(row.get(prefix + "loss").getAsDouble()).isCloseTo(Math.log(2), within(1e-12));
            assertThat(row.get(prefix + "rewards/accuracies").getAsDouble()).isZero();
            assertThat(row.get(prefix + "rewards/margins").getAsDouble()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TrainingMethod.class)
    void running_layers_again_changes_neither_a_logged_number_nor_a_weight(TrainingMethod method) throws IOException {
        for (String out : List.of("false", "true")) {
            run.train(out, method, "max_steps=4", "learning_rate=2e-3", "gradient_checkpointing=" + out);
        }
        // on the CPU the same operations on the same numbers
        assertThat(run.timelessMetrics("true")).isEqualTo(run.timelessMetrics("false"));
        assertThat(weightsOf("true")).isEqualTo(weightsOf("false"));
    }

    private byte[] weightsOf(String out) throws IOException {
        return Files.readAllBytes(folder.resolve(out).resolve("model").resolve("model.safetensors"));
    }

    @Test
    void a_reward_model_learns_which_completions_are_preferred() throws IOException {
        assertThat(run.train("rm", REWARD_MODEL, "num_train_epochs=5", "learning_rate=2e-3"))
                .isTrue();
        assertThat(run.last("rm", "eval_accuracy")).isGreaterThanOrEqualTo(0.95);
        assertThat(run.last("rm", "eval_loss")).isLessThan(0.2).isLessThan(run.first("rm", "eval_loss"));
        assertThat(run.last("rm", "loss")).isLessThan(0.2);
        assertThat(run.status("rm").get("state").getAsString()).isEqualTo("finished");
    }

    @Test
    void a_policy_learns_which_completions_are_preferred() throws IOException {
        assertThat(run.train("dpo", DPO, "num_train_epochs=5", "learning_rate=2e-3"))
                .isTrue();
        assertThat(run.last("dpo", "eval_rewards/accuracies")).isGreaterThanOrEqualTo(0.95);
        assertThat(run.last("dpo", "eval_loss")).isLessThan(0.4);
        assertThat(run.last("dpo", "eval_rewards/margins")).isGreaterThan(0.8);
    }

    @Test
    void a_supervised_model_learns_the_texts() throws IOException {
        assertThat(run.train("sft", SFT, "num_train_epochs=5", "learning_rate=3e-3"))
                .isTrue();
        assertThat(run.first("sft", "eval_loss")).isCloseTo(Math.log(290), within(0.3)); // knows nothing: uniform
        assertThat(run.last("sft", "eval_loss")).isLessThan(1.2); // two of about seven tokens are free choices of six
    }

    @ParameterizedTest
    @CsvSource({
        "DPO,   loss_type=ipo",
        "DPO,   loss_type=hinge",
        "DPO,   loss_type=exo_pair;label_smoothing=0.01",
        "DPO,   loss_type=nca_pair",
        "DPO,   loss_type=sppo_hard",
        "DPO,   loss_type=apo_zero",
        "DPO,   loss_type=discopop",
        "DPO,   loss_type=aot",
        "DPO,   loss_type=sigmoid_norm",
        "DPO,   'loss_type=sigmoid,bco_pair,sft;loss_weights=0.8,0.2,1'",
        "DPO,   f_divergence_type=js_divergence",
        "DPO,   ld_alpha=0.5",
        "DPO,   use_weighting=true",
        "KTO,   desirable_weight=1",
        "ORPO,  beta=0.5",
        "CPO,   beta=0.1",
        "SIMPO, beta=2",
        "CPO,   loss_type=simpo;alpha=0.25;beta=1"
    })
    void every_preference_method_learns_what_is_preferred(TrainingMethod method, String settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings.split(";")));
        all.addAll(List.of("learning_rate=3e-3", "max_steps=60", "num_train_epochs=10", "eval_steps=60"));
        assertThat(run.train("run", method, all.toArray(String[]::new))).isTrue();
        assertThat(run.last("run", "eval_rewards/margins")).isGreaterThan(run.first("run", "eval_rewards/margins"));
        if (method != KTO) { // single completions have no accuracy
            assertThat(run.last("run", "eval_rewards/accuracies")).isGreaterThanOrEqualTo(0.9);
        }
    }

    @Test
    void what_is_logged_of_weighted_pairs_beside_a_likelihood_is_what_is_minimised() throws IOException {
        run.train("weighted", DPO, "use_weighting=true", "max_steps=1");
        run.train("beside", DPO, "use_weighting=true", "loss_type=sigmoid,sft", "loss_weights=1,0.5", "max_steps=1");
        double meanWeight = run.first("weighted", "loss") / Math.log(2); // every pair costs log 2 at the first step
        assertThat(meanWeight).isBetween(1e-6, 0.9);
        double expected = run.first("weighted", "loss") + 0.5 * meanWeight * run.first("beside", "nll_loss");
        assertThat(run.first("beside", "loss")).isCloseTo(expected, within(1e-9));
    }

    @Test
    void a_run_that_learns_no_more_stops_by_itself_and_finishes() throws IOException {
        assertThat(run.train(
                        "run",
                        DPO,
                        "learning_rate=0", // no evaluation can be better than the first
                        "max_steps=40",
                        "num_train_epochs=10",
                        "eval_steps=2",
                        "early_stopping_patience=3"))
                .isTrue();
        List<JsonObject> rows = run.metrics("run");
        assertThat(rows.getLast().get("step").getAsInt()).isEqualTo(6);
        assertThat(folder.resolve("run/model/model.safetensors")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k_wise", "plackett_luce"})
    void a_reward_model_learns_from_rankings(String loss) throws IOException {
        Path rows = folder.resolve("ranked.jsonl");
        Files.writeString(rows, """
                {"prompt": "the cat is", "completions": [" good sun", " rain", " bad dog"], "ranks": [1, 2, 3]}
                {"prompt": "the dog is", "completions": [" bad here", " good there"], "ranks": [2, 1]}
                {"prompt": "the sun is", "completions": [" rain", " good cat", " bad"], "ranks": [2, 1, 3]}
                """);
        assertThat(run.trainOn(
                        rows,
                        "ranked",
                        REWARD_MODEL,
                        "loss_type=" + loss,
                        "learning_rate=3e-3",
                        "max_steps=40",
                        "num_train_epochs=40"))
                .isTrue();
        assertThat(run.last("ranked", "accuracy")).isEqualTo(1);
        assertThat(run.last("ranked", "loss")).isLessThan(run.first("ranked", "loss") / 2);
    }

    @Test
    void a_reward_model_learns_from_ratings_and_its_config_tells_how_its_scores_are_spread() throws IOException {
        Path rows = folder.resolve("rated.jsonl");
        Files.writeString(rows, """
                {"prompt": "the cat is", "completion": " good sun", "rating": 3}
                {"prompt": "the dog is", "completion": " bad there", "rating": -1}
                """);
        assertThat(run.trainOn(
                        rows,
                        "rated",
                        REWARD_MODEL,
                        "loss_type=regression",
                        "learning_rate=3e-3",
                        "max_steps=150",
                        "num_train_epochs=150"))
                .isTrue();
        assertThat(run.last("rated", "mean_absolute_error")).isLessThan(0.1);
        JsonObject config = JsonFile.read(folder.resolve("rated/model/config.json"));
        assertThat(config.get("mean").getAsDouble()).isCloseTo(1, within(0.1)); // of 3 and −1
        assertThat(config.get("std").getAsDouble()).isCloseTo(2, within(0.1));
    }

    @ParameterizedTest
    @EnumSource(TrainingMethod.class)
    void four_batches_of_two_are_one_batch_of_eight(TrainingMethod method) throws IOException {
        // KTO's drift is estimated in each batch; its sister without one has nothing that batches could change
        assertBatchesAddUp(method, method == KTO ? "loss_type=apo_zero_unpaired" : "seed=42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nll", "dft"})
    void four_batches_of_two_packs_are_one_batch_of_eight(String loss) throws IOException {
        assertBatchesAddUp(SFT, "loss_type=" + loss, "packing=true", "max_length=24", "num_train_epochs=4");
    }

    private void assertBatchesAddUp(TrainingMethod method, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of("max_steps=6", "learning_rate=1e-3", "per_device_train_batch_size=8"));
        run.train("eight", method, all.toArray(String[]::new));
        all.addAll(List.of("per_device_train_batch_size=2", "gradient_accumulation_steps=4"));
        run.train("two", method, all.toArray(String[]::new));
        List<JsonObject> eight = run.metrics("eight");
        List<JsonObject> two = run.metrics("two");
        assertThat(two).hasSameSizeAs(eight);
        for (int i = 0; i < eight.size(); i++) {
            for (String metric : List.of("loss", "grad_norm", "eval_loss")) {
                if (eight.get(i).has(metric)) {
                    double expected = eight.get(i).get(metric).getAsDouble();
                    // fp32 sums in another order; Adam makes the difference of one step the start of the next
                    assertThat(two.get(i).get(metric).getAsDouble()).isCloseTo(expected, within(1e-4 * expected));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TrainingMethod.class)
    void a_trained_model_loads_as_what_it_is_and_a_copy_of_it_computes_the_same(TrainingMethod method)
            throws IOException {
        run.train("run", method, "max_steps=3", "learning_rate=1e-3");
        Path trained = folder.resolve("run/model");
        Torch.RUNTIME.prepareThread();
        float[] computed = outputs(trained, folder.resolve("copy"));
        assertThat(outputs(folder.resolve("copy"), folder.resolve("copy2"))).containsExactly(computed);
        assertThat(computed).isNotEqualTo(outputs(run.model, folder.resolve("copy3")));
    }

    @Test
    void a_sequence_scores_the_same_alone_and_among_others() throws IOException {
        run.train("rm", REWARD_MODEL, "max_steps=5", "learning_rate=2e-3");
        Torch.RUNTIME.prepareThread();
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, folder.resolve("rm/model"))) {
            RewardScorer scorer = new RewardScorer(Torch.RUNTIME, model);
            List<int[]> four = Stream.of(
                            " good", " bad and much longer than the others are", " here", " there good dog")
                    .map(text -> scorer.tokens(Passage.text("the cat is"), Passage.text(text)))
                    .toList();
            double[] together = scorer.scores(four);
            for (int i = 0; i < 4; i++) {
                // the blocks of a matrix product depend on its size: 1e-6 is fp32's rounding, not padding
                assertThat(scorer.scores(List.of(four.get(i)))[0]).isCloseTo(together[i], within(1e-6));
            }
        }
    }

    private static float[] outputs(Path from, Path saved) throws IOException {
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, from);
                TensorScope scope = Torch.RUNTIME.scope().sub()) {
            model.save(saved);
            PackedSequences packed = PackedSequences.of(List.of(new int[] {5, 6, 7, 8, 9}, new int[] {40, 50}));
            return switch (model.config().head()) {
                case SCORE -> model.model().scores(scope, packed).floats();
                case LANGUAGE -> model.model().logits(scope, packed, packed.lastTokens());
            };
        }
    }
}
