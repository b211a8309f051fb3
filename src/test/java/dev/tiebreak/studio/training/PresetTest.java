package dev.tiebreak.studio.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.ModelSize;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PresetTest {
    private static final ModelConfig CONFIG = ModelConfig.small(1024, 160, 4, 4, 2, 512);

    @Test
    void small_models_begin_with_larger_steps_and_large_ones_with_trls_defaults() {
        for (TrainingMethod method : new TrainingMethod[] {TrainingMethod.REWARD_MODEL, TrainingMethod.DPO}) {
            TrainingSettings small = Preset.forModel(new ModelSize(49_999_999, CONFIG), method)
                    .getFirst()
                    .settings(method);
            TrainingSettings large = Preset.forModel(new ModelSize(50_000_000, CONFIG), method)
                    .getFirst()
                    .settings(method);
            assertThat(large).isEqualTo(TrainingSettings.of(method));
            assertThat(small.learningRate()).isGreaterThan(large.learningRate());
        }
    }

    @Test
    void the_sample_model_is_small_and_counted_by_its_headers() {
        ModelSize sample = ModelSize.of(Path.of("sample-data/model"));
        assertThat(Preset.forModel(sample, TrainingMethod.DPO).getFirst().name())
                .isEqualTo("Small model");
        // 1024·160 embedding; 4 layers of 160·(160 + 2·80 + 160) attention, 3·160·432 MLP, 2·160 norms; one norm
        assertThat(sample.weights())
                .isEqualTo(1024 * 160 + 4L * (160 * (160 + 2 * 80 + 160) + 3 * 160 * 432 + 2 * 160) + 160);
        assertThat(sample.text()).isEqualTo("1.3M");
    }
}
