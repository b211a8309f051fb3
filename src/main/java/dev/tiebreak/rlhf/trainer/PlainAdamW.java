package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchProgram;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.util.List;
import java.util.Map;

/// AdamW without decay, weight by weight as its authors write it, for benchmarks to compare with.
final class PlainAdamW {
    private static final String TEXT = """
            class Ops(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              w : List[Tensor]
              m : List[Tensor]
              v : List[Tensor]
              def bind(self: __torch__.Ops, w: List[Tensor], m: List[Tensor], v: List[Tensor]) -> Tensor:
                self.w = w
                self.m = m
                self.v = v
                return w[0]
              def norms(self: __torch__.Ops) -> Tensor:
                norms = annotate(List[Tensor], [])
                for i in range(torch.len(self.w)):
                  _0 = torch.append(norms, torch.norm(ops.prim.grad(self.w[i])))
                return torch.stack(norms)
              def step(self: __torch__.Ops, scale: float, lr: float, beta1: float, beta2: float, eps: float, lost1: float, lost2: float) -> Tensor:
                for i in range(torch.len(self.w)):
                  g = ops.prim.grad(self.w[i])
                  _0 = torch.mul_(g, scale)
                  _1 = torch.add_(torch.mul_(self.m[i], beta1), g * (1. - beta1))
                  _2 = torch.add_(torch.mul_(self.v[i], beta2), g * g * (1. - beta2))
                  way = self.m[i] / lost1 / (torch.sqrt(self.v[i] / lost2) + eps)
                  _3 = torch.add_(self.w[i], way * torch.neg(lr))
                  _4 = torch.zero_(g)
                return self.w[0]
            """;

    private final TorchProgram program;
    private final TensorScope scope;
    private final TrainingSettings settings;
    private int steps;

    PlainAdamW(TorchRuntime runtime, Map<String, Tensor> weights, TrainingSettings settings) {
        this.scope = runtime.scope().sub();
        this.settings = settings;
        this.program = runtime.compile(TEXT, List.of("w", "m", "v"));
        program.call(scope, "bind", List.copyOf(weights.values()), zeros(weights), zeros(weights));
    }

    private List<Tensor> zeros(Map<String, Tensor> weights) {
        return weights.values().stream().map(like -> scope.zeros(like.shape())).toList();
    }

    float[] gradientNorms() {
        try (TensorScope step = scope.sub()) {
            return program.call(step, "norms").floats();
        }
    }

    void step(double learningRate, double norm) {
        steps++;
        try (TensorScope step = scope.sub()) {
            program.call(
                    step,
                    "step",
                    Math.min(1, settings.maxGradientNorm() / (norm + 1e-6)),
                    learningRate,
                    settings.adamBeta1(),
                    settings.adamBeta2(),
                    settings.adamEpsilon(),
                    1 - Math.pow(settings.adamBeta1(), steps),
                    1 - Math.pow(settings.adamBeta2(), steps));
        }
    }
}
