package dev.tiebreak.rlhf.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AdamWTest {
    private static final TrainingSettings SETTINGS = SmallRun.settings(
            TrainingMethod.DPO, "weight_decay=0.1", "max_grad_norm=2", "adam_beta1=0.8", "adam_beta2=0.95");

    /// Loshchilov and Hutter 2019, algorithm 2, in double precision: the decay does not pass through the moments.
    @Test
    void three_steps_go_where_the_paper_says() {
        Torch.RUNTIME.prepareThread();
        double[][] gradients = {{3, -1, 0.5, 2}, {0.1, 0.2, -0.3, 0.4}, {-5, 1, 1, 0}};
        double[] weights = {1, -2, 0.5, 3};
        double[] first = new double[4];
        double[] second = new double[4];
        try (TensorScope scope = Torch.RUNTIME.scope().sub()) {
            Map<String, Tensor> named = new LinkedHashMap<>();
            named.put("matrix", scope.floats(new float[] {1, -2}, 1, 2).trainable());
            named.put("vector", scope.floats(new float[] {0.5f, 3}, 2).trainable());
            try (AdamW optimiser = AdamW.fresh(Torch.RUNTIME, named, SETTINGS)) {
                for (int step = 1; step <= 3; step++) {
                    double[] g = gradients[step - 1];
                    tensor(named, "matrix").backward(scope.floats(new float[] {(float) g[0], (float) g[1]}, 1, 2));
                    tensor(named, "vector").backward(scope.floats(new float[] {(float) g[2], (float) g[3]}, 2));
                    double norm = Math.sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2] + g[3] * g[3]);
                    float[] norms = optimiser.gradientNorms();
                    assertThat(Math.hypot(norms[0], norms[1])).isCloseTo(norm, within(1e-5));

                    optimiser.step(0.01 * step, norm);

                    double scale = Math.min(1, 2 / (norm + 1e-6));
                    for (int i = 0; i < 4; i++) {
                        first[i] = 0.8 * first[i] + 0.2 * g[i] * scale;
                        second[i] = 0.95 * second[i] + 0.05 * g[i] * scale * g[i] * scale;
                        double mean = first[i] / (1 - Math.pow(0.8, step));
                        double spread = second[i] / (1 - Math.pow(0.95, step));
                        double decay = i < 2 ? 0.1 : 0; // vectors are spared
                        weights[i] -= 0.01 * step * (mean / (Math.sqrt(spread) + 1e-8) + decay * weights[i]);
                    }
                    assertThat(tensor(named, "matrix").floats()[0]).isCloseTo((float) weights[0], within(1e-5f));
                    assertThat(tensor(named, "matrix").floats()[1]).isCloseTo((float) weights[1], within(1e-5f));
                    assertThat(tensor(named, "vector").floats()[0]).isCloseTo((float) weights[2], within(1e-5f));
                    assertThat(tensor(named, "vector").floats()[1]).isCloseTo((float) weights[3], within(1e-5f));
                    assertThat(tensor(named, "vector").gradient()).containsExactly(0, 0);
                }
            }
        }
    }

    private static Tensor tensor(Map<String, Tensor> named, String name) {
        return Objects.requireNonNull(named.get(name));
    }
}
