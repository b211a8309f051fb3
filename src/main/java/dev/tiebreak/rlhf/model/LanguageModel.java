package dev.tiebreak.rlhf.model;

import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchProgram;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// A model in memory: its configuration, its weights by Hugging Face name, and the compiled program bound to them.
///
/// The `[tokens, vocabulary]` logits are never whole: log-probabilities are computed chunk by chunk without a graph,
/// and their gradient is sent back through the head by hand, which gives the same numbers in less memory.
/// Belongs to one thread.
public final class LanguageModel implements AutoCloseable {
    /// Tokens whose logits exist at the same time.
    static final int CHUNK = 256;

    private final ModelConfig config;
    private final TensorScope scope;
    private final Map<String, Tensor> weights;
    private final TorchProgram program;

    private LanguageModel(
            TorchRuntime runtime, ModelConfig config, TensorScope scope, Function<WeightShape, float[]> values) {
        this.config = config;
        this.scope = scope;
        this.weights = new LinkedHashMap<>();
        for (WeightShape weight : WeightShape.of(config)) {
            weights.put(weight.name(), scope.floats(values.apply(weight), weight.dimensions()));
        }
        String text = DecoderProgram.text(config, runtime.device().isCuda());
        this.program = runtime.compile(text, DecoderProgram.LIST_ATTRIBUTES);
        List<Tensor> bound = new ArrayList<>(weights.values());
        config.rotary()
                .map(rotary -> rotary.frequencies(config.headWidth()))
                .ifPresent(frequencies -> bound.add(scope.floats(frequencies, frequencies.length)));
        program.call(scope, "bind", bound);
    }

    /// @param values gives each weight's numbers in row-major order
    public static LanguageModel of(TorchRuntime runtime, ModelConfig config, Function<WeightShape, float[]> values) {
        TensorScope scope = runtime.scope().sub();
        try {
            return new LanguageModel(runtime, config, scope, values);
        } catch (RuntimeException | Error e) {
            scope.close(); // a file that breaks off leaves no weights behind
            throw e;
        }
    }

    /// Fresh weights as transformers makes them: norms 1, biases 0, all else N(0, `initializer_range`), and a score
    /// head of
    /// N(0, 1/√(H+1)).
    public static LanguageModel random(TorchRuntime runtime, ModelConfig config, RandomGenerator random) {
        return of(runtime, config, weight -> freshWeight(config, weight, random));
    }

    public static float[] freshWeight(ModelConfig config, WeightShape weight, RandomGenerator random) {
        var values = new float[Math.toIntExact(weight.size())];
        if (weight.isVector()) {
            boolean zero = weight.isBias() || config.family().storesNormsLessOne();
            Arrays.fill(values, zero ? 0 : 1);
            return values;
        }
        boolean score = weight.name().equals("score.weight");
        double deviation = score ? 1 / Math.sqrt(config.hidden() + 1) : config.initializerRange();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    public ModelConfig config() {
        return config;
    }

    /// Weights by name, in the order of [WeightShape#of].
    public Map<String, Tensor> weights() {
        return weights;
    }

    public TorchProgram program() {
        return program;
    }

    /// Marks every weight as trainable.
    public LanguageModel trainable() {
        weights.values().forEach(Tensor::trainable);
        return this;
    }

    /// The trunk's output `[N, H]` at the chosen places of the packed tokens.
    public Tensor hidden(TensorScope step, PackedSequences packed, long[] places) {
        long total = packed.tokens().length;
        return program.call(
                step,
                "hidden",
                step.longs(packed.tokens(), total),
                step.longs(packed.positions(), total),
                packed.boundaries(),
                packed.prefixes(),
                step.longs(places, places.length));
    }

    /// Log-probabilities of `targets` `[N]` at the places whose trunk output is `hidden`.
    public TokenScores logProbs(TensorScope step, Tensor hidden, long[] targets) {
        return logProbs(step, hidden, targets, false);
    }

    /// @param withCollisions whether [TokenScores#collisions] are wanted too
    public TokenScores logProbs(TensorScope step, Tensor hidden, long[] targets, boolean withCollisions) {
        try (GradMode _ = GradMode.off()) {
            Tensor rows =
                    program.call(step, "log_probs", hidden, step.longs(targets, targets.length), CHUNK, withCollisions);
            return TokenScores.of(rows.floats(), withCollisions);
        }
    }

    /// Sends the loss's gradient with respect to each log-probability `[N]` back into the weights' gradients.
    public void backpropagate(TensorScope step, Tensor hidden, long[] targets, float[] gradient) {
        List<Tensor> gradients;
        try (GradMode _ = GradMode.off()) { // recorded, every chunk's logits would be kept
            gradients = program.callForList(
                    step,
                    "log_prob_gradients",
                    hidden,
                    step.longs(targets, targets.length),
                    step.floats(gradient, gradient.length),
                    CHUNK);
        }
        headWeight().backward(gradients.get(1));
        hidden.backward(gradients.get(0));
    }

    private Tensor headWeight() {
        return Objects.requireNonNull(weights.get(WeightLayout.of(config).headName()));
    }

    /// One score per sequence, read at its last token: `[B]`, with a graph where gradients are being recorded.
    public Tensor scores(TensorScope step, PackedSequences packed) {
        return program.call(step, "scores", hidden(step, packed, packed.lastTokens()));
    }

    /// Next-token logits `[N, V]` at the chosen places; for tests and short inputs only.
    public float[] logits(TensorScope step, PackedSequences packed, long[] places) {
        return program.call(step, "logits", hidden(step, packed, places)).floats();
    }

    @Override
    public void close() {
        program.close();
        scope.close();
    }
}
