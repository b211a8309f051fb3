package dev.tiebreak.studio.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The oracle is the peak resident memory that `time -v ./tiebreak train` reported on the CPU, with 93 tokens a
/// pair.
class MemoryForecastTest {
    private static final ModelSize SAMPLE = new ModelSize(1_303_000, ModelConfig.small(1024, 160, 4, 4, 2, 512));
    private static final ModelSize LARGER = new ModelSize(25_829_888, ModelConfig.small(1024, 512, 8, 8, 8, 512));

    @Test
    void it_meets_what_was_measured_within_a_third() {
        assertThat(gigabytes(SAMPLE, TrainingMethod.REWARD_MODEL, 8)).isCloseTo(0.400, withinPercentage(33));
        assertThat(gigabytes(SAMPLE, TrainingMethod.DPO, 16)).isCloseTo(0.500, withinPercentage(33));
        assertThat(gigabytes(LARGER, TrainingMethod.REWARD_MODEL, 8)).isCloseTo(1.227, withinPercentage(33));
        assertThat(gigabytes(LARGER, TrainingMethod.DPO, 32)).isCloseTo(2.691, withinPercentage(33));
        assertThat(gigabytes(LARGER, TrainingMethod.REWARD_MODEL, 64)).isCloseTo(6.111, withinPercentage(33));
    }

    @Test
    void weights_take_sixteen_bytes_each() { // float32: the weight, its gradient, two averages
        assertThat(MemoryForecast.of(LARGER, TrainingSettings.of(TrainingMethod.DPO), 1000, 93)
                        .weights())
                .isEqualTo(16 * 25_829_888L);
    }

    @Test
    void pairs_are_never_longer_than_the_model_reads() {
        var settings = TrainingSettings.of(TrainingMethod.DPO);
        assertThat(MemoryForecast.of(SAMPLE, settings, 1000, 1e9))
                .isEqualTo(MemoryForecast.of(SAMPLE, settings, 1000, 2 * 512));
    }

    @Test
    void no_batch_is_larger_than_the_dataset() {
        var eight = TrainingSettings.of(TrainingMethod.DPO, Map.of("per_device_train_batch_size", "8"));
        var many = TrainingSettings.of(TrainingMethod.DPO, Map.of("per_device_train_batch_size", "5000"));
        assertThat(MemoryForecast.of(SAMPLE, many, 8, 93)).isEqualTo(MemoryForecast.of(SAMPLE, eight, 1000, 93));
    }

    private static double gigabytes(ModelSize model, TrainingMethod method, int batch) {
        var settings = TrainingSettings.of(method, Map.of("per_device_train_batch_size", "" + batch));
        return MemoryForecast.of(model, settings, 1000, 93).total() / 1e9;
    }
}
