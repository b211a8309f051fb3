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
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// A model in memory: its configuration, its weights by Hugging Face name, and the compiled program bound to them.
///
/// The `[tokens, vocabulary]` logits are never whole: log-probabilities are computed chunk by chunk without a graph,
/// and their gradient is sent back through the head by hand, which gives the same numbers in less memory.
/// Belongs to one thread.
public final class LanguageModel implements AutoCloseable {
    /// Tokens whose logits exist at the same time.
    private static final int CHUNK = 256;

    private final ModelConfig config;
    private final TensorScope scope;
    private final Map<String, Tensor> weights;
    private final Optional<Adapter> adapter;
    private final TorchProgram program;
    private boolean recomputing;
    private PackLayout layout = PackLayout.AS_GIVEN;
    private int chunk = CHUNK;

    private LanguageModel(
            TorchRuntime runtime,
            ModelConfig config,
            TensorScope scope,
            Function<WeightShape, float[]> values,
            Optional<AdapterWeights> adapterWeights) {
        this.config = config;
        this.scope = scope;
        this.weights = new LinkedHashMap<>();
        for (WeightShape weight : WeightShape.of(config)) {
            weights.put(weight.name(), scope.floats(values.apply(weight), weight.dimensions()));
        }
        WeightLayout plain = WeightLayout.of(config);
        WeightLayout layout = adapterWeights.map(plain::with).orElse(plain);
        this.adapter = adapterWeights.map(found -> new Adapter(scope, found, layout, config, weights));
        String text = DecoderProgram.text(config, layout, runtime.device().isCuda());
        this.program = runtime.compile(text, DecoderProgram.LIST_ATTRIBUTES);
        List<Tensor> bound = bound(layout);
        config.rotary()
                .map(rotary -> rotary.frequencies(config.headWidth()))
                .ifPresent(frequencies -> bound.add(scope.floats(frequencies, frequencies.length)));
        program.call(scope, "bind", bound);
    }

    private List<Tensor> bound(WeightLayout layout) {
        List<Tensor> bound = new ArrayList<>();
        layout.before().forEach(weight -> bound.add(weight(weight.name())));
        for (int n = 0; n < layout.layers(); n++) {
            String prefix = layout.layerPrefix() + n + ".";
            layout.layer().forEach(weight -> bound.add(weight(prefix + weight.name())));
            int layer = n;
            adapter.ifPresent(found -> bound.addAll(found.bound(layout, layer)));
        }
        layout.after().forEach(weight -> bound.add(weight(weight.name())));
        return bound;
    }

    private Tensor weight(String name) {
        return Objects.requireNonNull(weights.get(name));
    }

    /// @param values gives each weight's numbers in row-major order
    public static LanguageModel of(TorchRuntime runtime, ModelConfig config, Function<WeightShape, float[]> values) {
        return of(runtime, config, values, Optional.empty());
    }

    static LanguageModel of(
            TorchRuntime runtime,
            ModelConfig config,
            Function<WeightShape, float[]> values,
            Optional<AdapterWeights> adapter) {
        TensorScope scope = runtime.scope().sub();
        try {
            return new LanguageModel(runtime, config, scope, values, adapter);
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
        boolean score = weight.name().equals(WeightLayout.SCORE);
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

    /// A scope inside the model's own.
    TensorScope scope() {
        return scope.sub();
    }

    Optional<Adapter> adapter() {
        return adapter;
    }

    /// What training changes, by name: every weight, or of a model with an adapter that alone, and with it the score
    /// head, which every reward model learns anew.
    public Map<String, Tensor> parameters() {
        if (adapter.isEmpty()) {
            return weights;
        }
        Map<String, Tensor> parameters = new LinkedHashMap<>(adapter.get().learnt());
        if (config.head() == Head.SCORE) {
            parameters.put(headName(), weight(headName()));
        }
        return parameters;
    }

    public TorchProgram program() {
        return program;
    }

    /// Marks what training changes.
    public LanguageModel trainable() {
        parameters().values().forEach(Tensor::trainable);
        return this;
    }

    /// A weight as it computes, its adapter merged into it: of a plain model the weight itself.
    Tensor merged(TensorScope step, WeightShape shape) {
        Tensor weight = weight(shape.name());
        return adapter.filter(found -> found.changes(shape))
                .map(found -> found.merged(program, step, shape, weight))
                .orElse(weight);
    }

    /// Whether passes that are recorded keep no more than each layer's input, and run the layers again on the way back.
    public LanguageModel recomputing(boolean whether) {
        recomputing = whether;
        return this;
    }

    /// How packs are laid before the trunk, for benchmarks.
    public void layout(PackLayout other) {
        layout = other;
    }

    /// How many tokens' logits exist at the same time, for benchmarks.
    public void chunk(int tokens) {
        chunk = tokens;
    }

    /// A pass through the trunk, read at the chosen places of the packed tokens.
    public TrunkPass trunk(TensorScope step, PackedSequences packed, long[] places) {
        PackLayout.Laid laid = layout.lay(packed, places);
        return recomputing && GradMode.isRecording()
                ? TrunkPass.recomputing(inputsOfLayers(step, laid.packed()), laid.places())
                : TrunkPass.whole(program, step, laid.packed(), laid.places());
    }

    private LayerInputs inputsOfLayers(TensorScope step, PackedSequences packed) {
        boolean embeddingsLearn = WeightLayout.of(config).before().stream()
                .anyMatch(weight -> weight(weight.name()).isTrainable());
        return new LayerInputs(program, config.layers(), step, packed, embeddingsLearn);
    }

    /// Log-probabilities of `targets` `[N]` at the places where the pass was read.
    public TokenScores logProbs(TensorScope step, TrunkPass pass, long[] targets) {
        return logProbs(step, pass, targets, false);
    }

    /// @param withCollisions whether [TokenScores#collisions] are wanted too
    public TokenScores logProbs(TensorScope step, TrunkPass pass, long[] targets, boolean withCollisions) {
        try (GradMode _ = GradMode.off()) {
            Tensor wanted = step.longs(targets, targets.length);
            Tensor rows = program.call(step, "log_probs", pass.output(), wanted, chunk, withCollisions);
            return TokenScores.of(rows.floats(), withCollisions);
        }
    }

    /// KL(this ‖ other) of the next token in nats, at each of the N places where both passes over the same tokens were
    /// read.
    public float[] divergence(TensorScope step, TrunkPass pass, LanguageModel other, TrunkPass otherPass) {
        int places = Math.toIntExact(pass.output().shape()[0]);
        float[] all = new float[places];
        for (int begin = 0; begin < places; begin += CHUNK) {
            int end = Math.min(places, begin + CHUNK);
            try (GradMode _ = GradMode.off();
                    TensorScope chunk = step.sub()) {
                Tensor logits = other.program.call(chunk, "some_logits", otherPass.output(), begin, end);
                Tensor found = program.call(chunk, "divergence", pass.output(), begin, end, logits);
                System.arraycopy(found.floats(), 0, all, begin, end - begin);
            }
        }
        return all;
    }

    /// Sends the loss's gradient with respect to each log-probability `[N]` back into the weights' gradients.
    public void backpropagate(TensorScope step, TrunkPass pass, long[] targets, float[] gradient) {
        boolean learns = adapter.isEmpty();
        List<Tensor> gradients;
        try (GradMode _ = GradMode.off()) { // recorded, every chunk's logits would be kept
            gradients = program.callForList(
                    step,
                    "log_prob_gradients",
                    pass.output(),
                    step.longs(targets, targets.length),
                    step.floats(gradient, gradient.length),
                    chunk,
                    learns);
        }
        if (learns) {
            weight(headName()).backward(gradients.get(1));
        }
        pass.backward(pass.output(), gradients.get(0));
    }

    private String headName() {
        return WeightLayout.of(config).headName();
    }

    /// One score per sequence, read at its last token.
    public SequenceScores scores(TensorScope step, PackedSequences packed) {
        TrunkPass pass = trunk(step, packed, packed.lastTokens());
        return new SequenceScores(pass, program.call(step, "scores", pass.output()));
    }

    /// Next-token logits `[N, V]` at the chosen places; for tests and short inputs only.
    public float[] logits(TensorScope step, PackedSequences packed, long[] places) {
        return program.call(step, "logits", trunk(step, packed, places).output())
                .floats();
    }

    @Override
    public void close() {
        program.close();
        scope.close();
    }
}
