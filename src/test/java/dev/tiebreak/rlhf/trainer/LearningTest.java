package dev.tiebreak.rlhf.trainer;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.DPO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.REWARD_MODEL;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.SFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.data.Passage;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.rollout.RewardScorer;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    @EnumSource(TrainingMethod.class)
    void four_batches_of_two_are_one_batch_of_eight(TrainingMethod method) throws IOException {
        run.train("eight", method, "max_steps=6", "learning_rate=1e-3", "per_device_train_batch_size=8");
        run.train(
                "two",
                method,
                "max_steps=6",
                "learning_rate=1e-3",
                "per_device_train_batch_size=2",
                "gradient_accumulation_steps=4");
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
