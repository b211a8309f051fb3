package dev.tiebreak.rlhf.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    /// By hand from transformers' `get_linear_schedule_with_warmup` and `get_cosine_schedule_with_warmup`: 20 % of 10
    /// steps are warm-up, so that step 6 is half-way down.
    @ParameterizedTest
    @CsvSource({
        "linear,   0, 0",
        "linear,   1, 0.5",
        "linear,   2, 1",
        "linear,   6, 0.5",
        "linear,   9, 0.125",
        "cosine,   1, 0.5",
        "cosine,   2, 1",
        "cosine,   4, 0.85355339",
        "cosine,   6, 0.5",
        "constant, 1, 0.5",
        "constant, 9, 1"
    })
    void the_rate_rises_and_falls_as_in_transformers(String type, int step, double share) {
        TrainingSettings settings = SmallRun.settings(
                TrainingMethod.DPO, "learning_rate=0.004", "warmup_ratio=0.2", "lr_scheduler_type=" + type);
        assertThat(Schedule.of(settings, 10).at(step)).isCloseTo(0.004 * share, within(1e-10));
    }
}
