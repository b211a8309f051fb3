package dev.tiebreak.rlhf.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.model.Head;
import dev.tiebreak.rlhf.model.ModelConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepBenchmarkTest {
    private static final ModelConfig SHAPE = ModelConfig.small(300, 64, 2, 4, 4, 1024);

    @BeforeEach
    void prepare() {
        Torch.RUNTIME.prepareThread();
    }

    @ParameterizedTest
    @EnumSource(TrainingMethod.class)
    void no_technique_changes_the_losses_of_a_method(TrainingMethod method) {
        StepBenchmark.Found expected = run(method, Technique.AS_TRAINED);
        assertThat(expected.losses()).hasSize(3).doesNotContain(Double.NaN).doesNotHaveDuplicates();
        for (Technique technique : Technique.values()) {
            if (technique.mattersFor(method)) {
                StepBenchmark.Found found = run(method, technique);
                for (int step = 0; step < 3; step++) { // fp32 in another order, over two updates of the weights
                    assertThat(found.losses().get(step))
                            .as(technique.label())
                            .isCloseTo(expected.losses().get(step), within(1e-5));
                }
            }
        }
    }

    private static StepBenchmark.Found run(TrainingMethod method, Technique technique) {
        return new StepBenchmark(Torch.RUNTIME, SHAPE, method, 3, 2, technique).run();
    }

    @Test
    void operations_of_a_token_are_those_of_trls_formula() {
        // specification §4: Qwen3-0.6B at 1024 tokens takes 4.28 billion; its head is tied
        ModelConfig qwen = new ModelConfig(
                Head.LANGUAGE,
                SHAPE.family(),
                151_936,
                1024,
                3072,
                28,
                16,
                8,
                128,
                40_960,
                1e-6,
                SHAPE.rotary(),
                SHAPE.window(),
                true,
                0.02,
                SHAPE.bosId(),
                SHAPE.eosIds(),
                SHAPE.padId());
        assertThat(TrainingFlops.perToken(qwen, 1024) / 1e9).isCloseTo(4.28, within(0.005));
    }
}
