package dev.tiebreak.rlhf.trainer;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.DPO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.REWARD_MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.rlhf.WrongInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampledDivergenceTest {
    private static final String[] SETTINGS = {
        "eval_kl_samples=5",
        "eval_kl_max_new_tokens=12",
        "max_steps=12",
        "eval_steps=4",
        "save_steps=4",
        "learning_rate=2e-3"
    };

    @TempDir
    Path folder;

    private SmallRun run;

    @BeforeEach
    void prepare() {
        run = new SmallRun(folder);
    }

    @ParameterizedTest
    @CsvSource({"SFT", "DPO", "KTO", "ORPO", "CPO", "SIMPO"})
    void a_policy_begins_at_its_reference_and_moves_away_from_it(TrainingMethod method) throws IOException {
        assertThat(run.train("run", method, SETTINGS)).isTrue();
        assertThat(run.first("run", "eval_objective/kl")).isZero(); // the same numbers, bit by bit
        assertThat(run.last("run", "eval_objective/kl")).isGreaterThan(0.01);
        assertThat(run.last("run", "eval_completions/mean_length")).isBetween(1.0, 12.0);
    }

    @Test
    void an_adapter_is_compared_with_its_base_and_a_resumed_run_draws_the_same_texts() throws IOException {
        String[] adapter = {"use_peft=true", "lora_r=4"};
        run.train("unbroken", DPO, both(SETTINGS, adapter));
        assertThat(run.first("unbroken", "eval_objective/kl")).isZero();
        assertThat(run.last("unbroken", "eval_objective/kl")).isGreaterThan(0.01);
        // in the middle of the second evaluation's texts among others
        for (int asked : new int[] {20, 26, 30, 33}) {
            String out = "after-" + asked;
            assertThat(run.train(out, DPO, SmallRun.afterAsking(asked), both(SETTINGS, adapter)))
                    .isFalse();
            assertThat(run.resume(out, DPO)).isTrue();
            assertThat(run.timelessMetrics(out)).isEqualTo(run.timelessMetrics("unbroken"));
        }
    }

    @Test
    void a_policy_that_does_not_learn_does_not_move() throws IOException {
        run.train("still", DPO, both(SETTINGS, new String[] {"learning_rate=0"}));
        assertThat(run.last("still", "eval_objective/kl")).isZero();
    }

    @Test
    void prompts_are_different_ones_that_leave_room() {
        int[] one = {1, 2};
        int[] other = {3};
        List<int[]> all = List.of(one, one.clone(), new int[0], new int[] {1, 2, 3, 4}, other, new int[] {9});
        assertThat(SampledDivergence.prompts(all, 2, 4)).containsExactly(one, other);
    }

    @Test
    void a_reward_model_writes_nothing() {
        assertThatThrownBy(() -> SmallRun.settings(REWARD_MODEL, "eval_kl_samples=3"))
                .isInstanceOf(WrongInputException.class)
                .hasMessageStartingWith("there is no setting 'eval_kl_samples' of rm");
    }

    private static String[] both(String[] some, String[] more) {
        String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
