package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.model.Head;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchProgram;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.util.List;

/// Operations of training by TRL's formula, and how many of them this machine could do.
final class TrainingFlops {
    private static final int WIDTH = 1024;
    private static final int ROUNDS = 12;

    private static final String PRODUCT = """
            class Ops(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def product(self: __torch__.Ops, a: Tensor) -> Tensor:
                return torch.matmul(a, a)
            """;

    private TrainingFlops() {}

    /// Forward and backward, of one token: TRL's `compute_flops_per_token`, which counts attention over whole
    /// sequences.
    ///
    /// @param length mean length of a sequence
    static double perToken(ModelConfig model, double length) {
        double hidden = model.hidden();
        double query = (double) model.heads() * model.headWidth();
        double keyValue = (double) model.keyValueHeads() * model.headWidth();
        double layer = 2 * hidden * (query + 2 * keyValue)
                + 2 * query * hidden
                + 4 * query * length
                + 6 * hidden * model.intermediate();
        double head = model.head() == Head.SCORE ? 2 * hidden : 2 * model.vocabulary() * hidden;
        return 3 * (model.layers() * layer + head);
    }

    /// Of a large matrix product in float32, a second: the best of some.
    static double peak(TorchRuntime runtime) {
        try (TorchProgram program = runtime.compile(PRODUCT, List.of());
                TensorScope scope = runtime.scope().sub()) {
            var square = scope.zeros(WIDTH, WIDTH);
            double best = 0;
            for (int round = 0; round < ROUNDS; round++) {
                try (TensorScope one = scope.sub()) {
                    long begun = System.nanoTime();
                    program.call(one, "product", square).floats();
                    best = Math.max(best, 2.0 * WIDTH * WIDTH * WIDTH * 1e9 / (System.nanoTime() - begun));
                }
            }
            return best;
        }
    }
}
