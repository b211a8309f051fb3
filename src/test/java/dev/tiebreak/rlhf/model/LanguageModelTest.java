package dev.tiebreak.rlhf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LanguageModelTest {
    private final SplittableRandom random = new SplittableRandom(7);

    @BeforeEach
    void prepare() {
        Torch.RUNTIME.prepareThread();
    }

    @Test
    void every_generated_program_compiles() {
        for (Head head : Head.values()) {
            for (boolean half : new boolean[] {false, true}) {
                for (ModelConfig config : Torch.tinyOfEveryFamily(head)) {
                    Torch.RUNTIME
                            .compile(DecoderProgram.text(config, half), DecoderProgram.LIST_ATTRIBUTES)
                            .close();
                }
            }
        }
    }

    @Test
    void packed_sequences_give_the_logits_they_give_alone() {
        List<int[]> sequences = List.of(
                Torch.tokens(random, 5), Torch.tokens(random, 17), Torch.tokens(random, 1), Torch.tokens(random, 9));
        for (ModelConfig config : Torch.tinyOfEveryFamily(Head.LANGUAGE)) {
            try (var model = LanguageModel.random(Torch.RUNTIME, config, random);
                    var scope = Torch.RUNTIME.scope().sub()) {
                float[] together = allLogits(model, scope, sequences);
                int at = 0;
                for (int[] sequence : sequences) {
                    for (float alone : allLogits(model, scope, List.of(sequence))) {
                        assertThat(together[at++]).isCloseTo(alone, within(1e-5f));
                    }
                }
                assertThat(at).isEqualTo(together.length);
            }
        }
    }

    @Test
    void layers_called_one_by_one_give_the_trunk() {
        PackedSequences packed = PackedSequences.of(List.of(Torch.tokens(random, 9), Torch.tokens(random, 6)));
        long[] bounds = packed.boundaries();
        for (ModelConfig config : Torch.tinyOfEveryFamily(Head.SCORE)) {
            try (var model = LanguageModel.random(Torch.RUNTIME, config, random);
                    var scope = Torch.RUNTIME.scope().sub()) {
                TorchProgram program = model.program();
                Tensor positions = scope.longs(packed.positions(), 15);
                Tensor turns = program.call(scope, "turns", positions);
                Tensor x = program.call(scope, "embed", scope.longs(packed.tokens(), 15), positions);
                for (int n = 0; n < config.layers(); n++) {
                    x = program.call(scope, "layer", x, turns, bounds, packed.prefixes(), n);
                }
                long[] all = LongStream.range(0, 15).toArray();
                assertThat(program.call(scope, "final", x).floats())
                        .containsExactly(
                                model.trunk(scope, packed, all).output().floats());
            }
        }
    }

    static List<ModelConfig> every_family() {
        return Torch.tinyOfEveryFamily(Head.LANGUAGE);
    }

    @ParameterizedTest
    @MethodSource("every_family")
    void sequences_that_share_their_beginning_give_the_logits_and_gradients_they_give_whole(ModelConfig config) {
        int[] prompt = Torch.tokens(random, 11);
        int[] other = Torch.tokens(random, 4);
        List<int[]> sequences = List.of(
                followed(prompt, Torch.tokens(random, 7)),
                followed(other, Torch.tokens(random, 1)),
                followed(prompt, Torch.tokens(random, 3)),
                followed(other, Torch.tokens(random, 9)),
                Torch.tokens(random, 5));
        PackedSequences whole = PackedSequences.of(sequences);
        PackedSequences sharing = PackedSequences.of(sequences, new int[] {0, 1, 0, 1, 0}, new int[] {0, 0, 11, 4, 0});
        assertThat(sharing.tokens()).hasSize(whole.tokens().length - 15);
        assertThat(sharing.size()).isEqualTo(whole.tokens().length);
        List<float[]> found = new ArrayList<>();
        for (PackedSequences packed : List.of(whole, sharing)) {
            try (var model = LanguageModel.random(Torch.RUNTIME, config, new SplittableRandom(3))
                            .trainable();
                    var scope = Torch.RUNTIME.scope().sub();
                    var _ = GradMode.recording()) {
                TrunkPass pass = model.trunk(scope, packed, packed.lastTokens());
                found.add(pass.output().floats());
                float[] gradient = new float[5 * config.hidden()];
                Arrays.fill(gradient, 0.1f);
                pass.backward(pass.output(), scope.floats(gradient, 5, config.hidden()));
                model.weights().values().stream()
                        .filter(weight -> weight.shape().length == 2)
                        .skip(1)
                        .limit(4)
                        .forEach(weight -> found.add(weight.gradient()));
            }
        }
        for (int i = 0; i < found.size() / 2; i++) {
            assertThat(found.get(found.size() / 2 + i)).containsExactly(found.get(i), within(2e-5f));
        }
    }

    static List<ModelConfig> every_family_and_head() {
        return Stream.of(Head.values())
                .flatMap(head -> Torch.tinyOfEveryFamily(head).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("every_family_and_head")
    void layers_run_again_on_the_way_back_give_the_same_gradients_bit_by_bit(ModelConfig config) {
        int[] prompt = Torch.tokens(random, 11);
        PackedSequences packed = PackedSequences.of(
                List.of(
                        followed(prompt, Torch.tokens(random, 7)),
                        Torch.tokens(random, 5),
                        followed(prompt, Torch.tokens(random, 3))),
                new int[] {0, 1, 0},
                new int[] {0, 0, 11});
        Map<String, float[]> whole = gradients(config, packed, false);
        Map<String, float[]> recomputed = gradients(config, packed, true);
        // the same operations on the same numbers, only later: not even the last bit may differ
        whole.forEach(
                (name, gradient) -> assertThat(recomputed.get(name)).as(name).containsExactly(gradient));
    }

    @Test
    void layers_run_again_leave_frozen_embeddings_alone() {
        PackedSequences packed = PackedSequences.of(List.of(Torch.tokens(random, 7), Torch.tokens(random, 3)));
        List<float[]> found = new ArrayList<>();
        for (boolean recomputing : new boolean[] {false, true}) {
            try (var model = LanguageModel.random(Torch.RUNTIME, Torch.tiny(Head.SCORE), new SplittableRandom(3))
                            .recomputing(recomputing);
                    var scope = Torch.RUNTIME.scope().sub();
                    var _ = GradMode.recording()) {
                Tensor only = Objects.requireNonNull(model.weights().get("model.layers.0.mlp.up_proj.weight"));
                only.trainable();
                model.scores(scope, packed).backward(scope.floats(new float[] {0.5f, 1}, 2));
                found.add(only.gradient());
                assertThat(Objects.requireNonNull(model.weights().get("model.embed_tokens.weight"))
                                .isTrainable())
                        .isFalse();
            }
        }
        assertThat(found.getLast()).containsExactly(found.getFirst());
    }

    private static Map<String, float[]> gradients(ModelConfig config, PackedSequences packed, boolean recomputing) {
        try (var model = LanguageModel.random(Torch.RUNTIME, config, new SplittableRandom(3))
                        .trainable()
                        .recomputing(recomputing);
                var scope = Torch.RUNTIME.scope().sub();
                var _ = GradMode.recording()) {
            for (float factor : new float[] {0.5f, -0.3f}) { // the second pass adds to what the first one left
                switch (config.head()) {
                    case SCORE ->
                        model.scores(scope, packed).backward(scope.floats(new float[] {factor, 0.2f, -0.7f}, 3));
                    case LANGUAGE -> {
                        long[] places = {3, 12, 16, 20, 24};
                        TrunkPass pass = model.trunk(scope, packed, places);
                        float[] gradient = {factor, 0.2f, -0.7f, 0.1f, 0.4f};
                        model.backpropagate(scope, pass, new long[] {9, 4, 30, 4, 63}, gradient);
                    }
                }
            }
            Map<String, float[]> found = new TreeMap<>();
            model.weights().forEach((name, weight) -> found.put(name, weight.gradient()));
            return found;
        }
    }

    private static int[] followed(int[] beginning, int[] rest) {
        int[] both = Arrays.copyOf(beginning, beginning.length + rest.length);
        System.arraycopy(rest, 0, both, beginning.length, rest.length);
        return both;
    }

    @Test
    void divergence_from_another_model_is_the_expected_lead_in_log_probability() {
        PackedSequences packed = PackedSequences.of(List.of(Torch.tokens(random, 300)));
        long[] places = LongStream.range(0, 290).toArray();
        ModelConfig config = Torch.tiny(Head.LANGUAGE);
        try (var model = LanguageModel.random(Torch.RUNTIME, config, random);
                var other = LanguageModel.random(Torch.RUNTIME, config, random);
                var scope = Torch.RUNTIME.scope().sub();
                var _ = GradMode.off()) {
            float[] found = model.divergence(
                    scope, model.trunk(scope, packed, places), other, other.trunk(scope, packed, places));
            float[] mine = model.logits(scope, packed, places);
            float[] theirs = other.logits(scope, packed, places);
            for (int n = 0; n < 290; n++) {
                double expected = 0;
                double[] p = logSoftmax(mine, n, config.vocabulary());
                double[] q = logSoftmax(theirs, n, config.vocabulary());
                for (int v = 0; v < config.vocabulary(); v++) {
                    expected += Math.exp(p[v]) * (p[v] - q[v]);
                }
                assertThat((double) found[n]).isCloseTo(expected, within(1e-6));
            }
            assertThat(found[0]).isGreaterThan(1e-5f);
        }
    }

    private static double[] logSoftmax(float[] logits, int row, int width) {
        double[] values = new double[width];
        double sum = 0;
        for (int v = 0; v < width; v++) {
            values[v] = logits[row * width + v];
            sum += Math.exp(values[v]);
        }
        double normaliser = Math.log(sum);
        return Arrays.stream(values).map(value -> value - normaliser).toArray();
    }

    @Test
    void log_probabilities_and_their_gradient_agree_with_finite_differences() {
        List<int[]> sequences = List.of(Torch.tokens(random, 300), Torch.tokens(random, 6));
        PackedSequences packed = PackedSequences.of(sequences);
        long[] places = LongStream.range(0, 305).filter(i -> i != 299).toArray();
        long[] targets =
                LongStream.of(places).map(i -> packed.tokens()[(int) i + 1]).toArray();
        var gradient = new float[places.length];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) random.nextGaussian();
        }
        for (boolean tied : new boolean[] {true, false}) {
            ModelConfig config = Torch.tiny(Head.LANGUAGE).withTied(tied);
            long seed = 11;
            try (var model = LanguageModel.random(Torch.RUNTIME, config, new SplittableRandom(seed))
                            .trainable();
                    var scope = Torch.RUNTIME.scope().sub()) {
                try (var _ = GradMode.recording()) {
                    TrunkPass pass = model.trunk(scope, packed, places);
                    try (var _ = GradMode.off()) {
                        model.backpropagate(scope, pass, targets, gradient);
                    }
                }
                for (String name : model.weights().keySet()) {
                    float[] exact =
                            Objects.requireNonNull(model.weights().get(name)).gradient();
                    // along the gradient itself the slope is its squared length, far above fp32 noise
                    double length = norm(exact);
                    double step = 0.02 / length;
                    double up = weighted(config, seed, name, exact, step, packed, places, targets, gradient);
                    double down = weighted(config, seed, name, exact, -step, packed, places, targets, gradient);
                    assertThat((up - down) / (2 * step))
                            .as(name)
                            .isCloseTo(length * length, within(0.01 * length * length));
                }
            }
        }
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    private static double weighted(
            ModelConfig config,
            long seed,
            String moved,
            float[] direction,
            double step,
            PackedSequences packed,
            long[] places,
            long[] targets,
            float[] factors) {
        var fresh = new SplittableRandom(seed);
        try (var model = LanguageModel.of(Torch.RUNTIME, config, weight -> {
                    float[] values = LanguageModel.freshWeight(config, weight, fresh);
                    for (int i = 0; weight.name().equals(moved) && i < values.length; i++) {
                        values[i] += (float) (step * direction[i]);
                    }
                    return values;
                });
                var scope = Torch.RUNTIME.scope().sub()) {
            float[] logProbs = model.logProbs(scope, model.trunk(scope, packed, places), targets)
                    .logProbs();
            double sum = 0;
            for (int i = 0; i < factors.length; i++) {
                sum += (double) factors[i] * logProbs[i];
            }
            return sum;
        }
    }

    private static float[] allLogits(LanguageModel model, TensorScope scope, List<int[]> sequences) {
        PackedSequences packed = PackedSequences.of(sequences);
        return model.logits(
                scope, packed, LongStream.range(0, packed.tokens().length).toArray());
    }
}
