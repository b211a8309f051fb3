package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.checkpoint.CheckpointException;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.Safetensors;
import dev.tiebreak.rlhf.checkpoint.SafetensorsWriter;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchProgram;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// AdamW (Loshchilov and Hutter 2019) over all weights in one fused call, with fp32 state.
///
/// Gradients are read, scaled and cleared inside libtorch; only the norm crosses into Java. Decay is decoupled and
/// spares vectors (norms), as transformers does.
final class AdamW implements AutoCloseable {
    private static final String TEXT = """
            class Ops(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              w : List[Tensor]
              m : List[Tensor]
              v : List[Tensor]
              t : List[Tensor]
              decayed : List[Tensor]
              def bind(self: __torch__.Ops, w: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor], decayed: List[Tensor]) -> Tensor:
                self.w = w
                self.m = m
                self.v = v
                self.t = t
                self.decayed = decayed
                return w[0]
              def gradients(self: __torch__.Ops) -> List[Tensor]:
                gs = annotate(List[Tensor], [])
                for i in range(torch.len(self.w)):
                  _0 = torch.append(gs, ops.prim.grad(self.w[i]))
                return gs
              def norms(self: __torch__.Ops) -> Tensor:
                return torch.stack(torch._foreach_norm(self.gradients()))
              def weight_norms(self: __torch__.Ops) -> Tensor:
                return torch.stack(torch._foreach_norm(self.w))
              def step(self: __torch__.Ops, scale: float, lr: float, beta1: float, beta2: float, eps: float, decay: float) -> Tensor:
                gs = self.gradients()
                torch._foreach_mul_(gs, scale)
                torch._foreach_add_(self.t, 1.)
                if torch.gt(decay, 0.):
                  torch._foreach_mul_(self.decayed, 1. - lr * decay)
                torch._fused_adamw_(self.w, gs, self.m, self.v, annotate(List[Tensor], []), self.t, lr=lr, beta1=beta1, beta2=beta2, weight_decay=0., eps=eps, amsgrad=False, maximize=False)
                torch._foreach_zero_(gs)
                return self.t[0]
            """;

    private final Map<String, Tensor> weights;
    private final Map<String, Tensor> first = new LinkedHashMap<>();
    private final Map<String, Tensor> second = new LinkedHashMap<>();
    private final TensorScope scope;
    private final TorchProgram program;
    private final TrainingSettings settings;

    private AdamW(
            TorchRuntime runtime, Map<String, Tensor> weights, TrainingSettings settings, int step, Source state) {
        this.weights = weights;
        this.settings = settings;
        this.scope = runtime.scope().sub();
        List<Tensor> steps = new ArrayList<>();
        List<Tensor> decayed = new ArrayList<>();
        weights.forEach((name, weight) -> {
            first.put(name, state.tensor(scope, "exp_avg." + name, weight));
            second.put(name, state.tensor(scope, "exp_avg_sq." + name, weight));
            steps.add(scope.floats(new float[] {step}));
            if (weight.shape().length > 1) {
                decayed.add(weight);
            }
        });
        this.program = runtime.compile(TEXT, List.of("w", "m", "v", "t", "decayed"));
        program.call(
                scope,
                "bind",
                List.copyOf(weights.values()),
                List.copyOf(first.values()),
                List.copyOf(second.values()),
                steps,
                decayed);
    }

    private interface Source {
        Tensor tensor(TensorScope scope, String name, Tensor like);
    }

    static AdamW fresh(TorchRuntime runtime, Map<String, Tensor> weights, TrainingSettings settings) {
        return new AdamW(runtime, weights, settings, 0, (scope, _, like) -> scope.zeros(like.shape()));
    }

    /// Goes on from what [#save] wrote after `step` steps.
    static AdamW resumed(
            TorchRuntime runtime, Map<String, Tensor> weights, TrainingSettings settings, int step, Path file) {
        try (Safetensors saved = Safetensors.open(file)) {
            return new AdamW(runtime, weights, settings, step, (scope, name, like) -> {
                if (!saved.contains(name) || !Arrays.equals(saved.info(name).shape(), like.shape())) {
                    throw new CheckpointException(file + ": tensor '" + name + "' is missing or misshapen");
                }
                return scope.floats(saved.floats(name), like.shape());
            });
        }
    }

    /// Norm of each weight's gradient, in the order of the weights.
    float[] gradientNorms() {
        try (TensorScope step = scope.sub()) {
            return program.call(step, "norms").floats();
        }
    }

    /// Norm of each weight, likewise.
    float[] weightNorms() {
        try (TensorScope step = scope.sub()) {
            return program.call(step, "weight_norms").floats();
        }
    }

    /// Takes one step with the gradients gathered, scaled down to the greatest norm allowed, and clears them.
    ///
    /// @param norm global norm of the gradients
    void step(double learningRate, double norm) {
        double scale = Math.min(1, settings.maxGradientNorm() / (norm + 1e-6));
        try (TensorScope step = scope.sub()) {
            program.call(
                    step,
                    "step",
                    scale,
                    learningRate,
                    settings.adamBeta1(),
                    settings.adamBeta2(),
                    settings.adamEpsilon(),
                    settings.weightDecay());
        }
    }

    void save(Path file) throws IOException {
        Map<String, Tensor> all = new LinkedHashMap<>();
        first.forEach((name, tensor) -> all.put("exp_avg." + name, tensor));
        second.forEach((name, tensor) -> all.put("exp_avg_sq." + name, tensor));
        List<TensorInfo> layout = all.entrySet().stream()
                .map(entry -> TensorInfo.of(
                        entry.getKey(), Dtype.F32, entry.getValue().shape()))
                .toList();
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, layout)) {
            for (var entry : all.entrySet()) {
                writer.write(entry.getKey(), entry.getValue().bytes());
            }
            writer.commit();
        }
    }

    /// Names of the weights, in the order of [#gradientNorms].
    List<String> names() {
        return List.copyOf(weights.keySet());
    }

    @Override
    public void close() {
        program.close();
        scope.close();
    }
}
