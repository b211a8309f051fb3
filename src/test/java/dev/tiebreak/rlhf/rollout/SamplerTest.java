package dev.tiebreak.rlhf.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.model.Head;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.rollout.Sample.Finish;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerTest {
    private static final SamplingSettings WARM = new SamplingSettings(20, 1.3, 0, 1);

    private final SplittableRandom random = new SplittableRandom(5);
    private final List<int[]> prompts =
            List.of(Torch.tokens(random, 7), Torch.tokens(random, 19), Torch.tokens(random, 1));

    private LanguageModel model;

    @BeforeEach
    void make_a_model_with_strong_opinions() {
        Torch.RUNTIME.prepareThread();
        model = model(64);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @ParameterizedTest
    @MethodSource("families")
    void logits_from_the_cache_are_those_of_a_full_reading(ModelConfig family) {
        model.close();
        model = model(family);
        try (TensorScope scope = Torch.RUNTIME.scope().sub()) {
            PackedSequences packed = PackedSequences.of(prompts);
            long total = packed.tokens().length;
            var tokens = scope.longs(packed.tokens(), total);
            var positions = scope.longs(packed.positions(), total);
            float[] cached = model.program()
                    .call(scope, "prefill", tokens, positions, packed.boundaries(), 40)
                    .floats();
            List<int[]> texts = new ArrayList<>(prompts);
            for (int step = 0; step < 12; step++) {
                for (int row = 0; row < texts.size(); row++) {
                    assertThat(Arrays.copyOfRange(cached, 64 * row, 64 * (row + 1)))
                            .as("row %d after %d tokens", row, step)
                            .usingComparatorWithPrecision(1e-5f)
                            .containsExactly(lastLogits(texts.get(row)));
                }
                long[] at = texts.stream().mapToLong(text -> text.length).toArray();
                long[] next = random.longs(texts.size(), 4, 64).toArray();
                for (int row = 0; row < texts.size(); row++) {
                    texts.set(row, appended(texts.get(row), (int) next[row]));
                }
                int used = (int) Arrays.stream(at).max().orElseThrow() + 1;
                cached = model.program()
                        .call(scope, "step", scope.longs(next, 3), scope.longs(at, 3), used)
                        .floats();
            }
        }
    }

    @Test
    void greedy_takes_the_likeliest_token_of_a_full_reading_each_time() {
        List<Sample> samples = sample(prompts, SamplingSettings.greedy(20), Set.of());
        for (int row = 0; row < prompts.size(); row++) {
            int[] text = prompts.get(row);
            for (int token : samples.get(row).tokens()) {
                assertThat(token).isEqualTo(argmax(lastLogits(text)));
                text = appended(text, token);
            }
            assertThat(text).hasSize(prompts.get(row).length + 20);
            assertThat(samples.get(row).finish()).isEqualTo(Finish.LENGTH);
        }
    }

    @Test
    void a_seed_gives_the_same_tokens_again_and_another_seed_others() {
        int[] first = alone(prompts.get(0), 1, WARM);
        assertThat(alone(prompts.get(0), 1, WARM)).containsExactly(first);
        assertThat(alone(prompts.get(0), 2, WARM)).isNotEqualTo(first);
    }

    @Test
    void what_a_row_writes_does_not_depend_on_what_else_is_in_the_batch() {
        Set<Integer> stops = Set.of(9, 17, 33, 41);
        List<Sample> together = sample(prompts, WARM, stops);
        for (int row = 0; row < prompts.size(); row++) {
            Sample only = sampler(stops)
                    .sample(List.of(new SamplePrompt(prompts.get(row), row)), WARM, (_, _) -> {}, () -> false)
                    .getFirst();
            assertThat(only.tokens()).containsExactly(together.get(row).tokens());
            assertThat(only.finish()).isEqualTo(together.get(row).finish());
        }
        assertThat(together).extracting(Sample::finish).contains(Finish.STOP); // rows left the batch at different times
    }

    @Test
    void a_stop_token_ends_its_row_and_is_left_out_while_others_go_on() {
        int[] written = alone(prompts.get(1), 1, SamplingSettings.greedy(20));
        int stop = written[9];
        int first = IntStream.range(0, 20)
                .filter(i -> written[i] == stop)
                .findFirst()
                .orElseThrow();

        Sample stopped = sample(List.of(prompts.get(1)), SamplingSettings.greedy(20), Set.of(stop))
                .getFirst();

        assertThat(stopped.tokens()).containsExactly(Arrays.copyOf(written, first));
        assertThat(stopped.finish()).isEqualTo(Finish.STOP);
    }

    @Test
    void the_listener_hears_every_token_once_and_in_order() {
        List<List<Integer>> heard = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<Sample> samples = sampler(Set.of(9))
                .sample(
                        rows(prompts),
                        WARM,
                        (row, tokens) -> Arrays.stream(tokens).forEach(heard.get(row)::add),
                        () -> false);
        for (int row = 0; row < prompts.size(); row++) {
            assertThat(heard.get(row))
                    .containsExactlyElementsOf(
                            Arrays.stream(samples.get(row).tokens()).boxed().toList());
        }
    }

    @Test
    void a_cancelled_row_keeps_what_it_has() {
        List<Sample> samples =
                sampler(Set.of()).sample(rows(prompts), SamplingSettings.greedy(40), (_, _) -> {}, () -> true);
        assertThat(samples).allSatisfy(sample -> {
            assertThat(sample.finish()).isEqualTo(Finish.CANCELLED);
            assertThat(sample.tokens()).hasSize(1);
        });
    }

    @Test
    void the_context_bounds_what_is_written() {
        int[] nearlyFull = Torch.tokens(random, 61);
        assertThat(sample(List.of(nearlyFull, prompts.get(0)), SamplingSettings.greedy(20), Set.of()))
                .extracting(sample -> sample.tokens().length)
                .containsExactly(3, 20);
        assertThatThrownBy(() -> alone(Torch.tokens(random, 64), 1, WARM))
                .isInstanceOf(WrongInputException.class)
                .hasMessage("the prompt has 64 tokens, but the model reads at most 64 and needs room to answer");
        assertThatThrownBy(() -> alone(new int[0], 1, WARM)).hasMessageContaining("the prompt is empty");
    }

    @Test
    void tokens_are_drawn_as_often_as_their_probabilities_say() {
        for (SamplingSettings settings : List.of(
                new SamplingSettings(1, 1, 0, 1),
                new SamplingSettings(1, 0.7, 0, 1),
                new SamplingSettings(1, 1, 5, 1),
                new SamplingSettings(1, 1, 0, 0.6),
                new SamplingSettings(1, 1.5, 12, 0.8))) {
            assertFrequencies(model, 64, settings);
        }
    }

    @Test
    void top_p_is_right_where_more_tokens_share_it_than_are_sorted_at_first() {
        try (LanguageModel flat = LanguageModel.random(Torch.RUNTIME, config(400), random)) {
            SamplingSettings settings = new SamplingSettings(1, 1, 0, 0.9);
            assertThat(IntStream.range(0, 400)
                            .filter(i -> exact(flat, settings)[i] > 0)
                            .count())
                    .isGreaterThan(300);
            assertFrequencies(flat, 400, settings);
        }
    }

    private void assertFrequencies(LanguageModel drawn, int vocabulary, SamplingSettings settings) {
        int draws = 2000;
        double[] exact = exact(drawn, settings);
        double[] counts = new double[vocabulary];
        Sampler sampler = new Sampler(Torch.RUNTIME, drawn, Set.of());
        for (int from = 0; from < draws; from += 250) {
            List<SamplePrompt> batch = IntStream.range(from, from + 250)
                    .mapToObj(seed -> new SamplePrompt(prompts.get(2), seed))
                    .toList();
            sampler.sample(batch, settings, (_, _) -> {}, () -> false).forEach(sample -> counts[sample.tokens()[0]]++);
        }
        double chiSquare = 0;
        for (int token = 0; token < vocabulary; token++) {
            if (exact[token] == 0) {
                assertThat(counts[token]).as("token %d cannot be drawn", token).isZero();
            } else {
                double expected = draws * exact[token];
                chiSquare += (counts[token] - expected) * (counts[token] - expected) / expected;
            }
        }
        long free = Arrays.stream(exact).filter(p -> p > 0).count() - 1;
        // mean `free`, deviation √(2·free): five deviations above is out of chance's reach
        assertThat(chiSquare).as("%s", settings).isLessThan(free + 5 * Math.sqrt(2.0 * free));
    }

    /// Probabilities in double precision, by sorting everything.
    private double[] exact(LanguageModel drawn, SamplingSettings settings) {
        float[] logits = lastLogits(drawn, prompts.get(2));
        double[] weights = new double[logits.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(logits[i] / settings.temperature());
        }
        List<Integer> best = IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -weights[i]))
                .limit(settings.topK() > 0 ? settings.topK() : weights.length)
                .toList();
        double all = best.stream().mapToDouble(i -> weights[i]).sum();
        double[] kept = new double[weights.length];
        double before = 0;
        for (int i : best) {
            kept[i] = before < settings.topP() ? weights[i] : 0;
            before += weights[i] / all;
        }
        double total = Arrays.stream(kept).sum();
        return Arrays.stream(kept).map(weight -> weight / total).toArray();
    }

    private static ModelConfig config(int vocabulary) {
        return ModelConfig.small(vocabulary, 64, 2, 4, 2, 64).with(Head.LANGUAGE);
    }

    static List<ModelConfig> families() {
        return Torch.tinyOfEveryFamily(Head.LANGUAGE);
    }

    private static LanguageModel model(int vocabulary) {
        return model(config(vocabulary));
    }

    private static LanguageModel model(ModelConfig config) {
        SplittableRandom weights = new SplittableRandom(3);
        return LanguageModel.of(Torch.RUNTIME, config, weight -> {
            float[] values = LanguageModel.freshWeight(config, weight, weights);
            for (int i = 0; i < values.length && !weight.isVector(); i++) {
                values[i] *= 8;
            }
            return values;
        });
    }

    private Sampler sampler(Set<Integer> stops) {
        return new Sampler(Torch.RUNTIME, model, stops);
    }

    private List<Sample> sample(List<int[]> texts, SamplingSettings settings, Set<Integer> stops) {
        return sampler(stops).sample(rows(texts), settings, (_, _) -> {}, () -> false);
    }

    private static List<SamplePrompt> rows(List<int[]> texts) {
        return IntStream.range(0, texts.size())
                .mapToObj(row -> new SamplePrompt(texts.get(row), row))
                .toList();
    }

    private int[] alone(int[] prompt, long seed, SamplingSettings settings) {
        return sampler(Set.of())
                .sample(List.of(new SamplePrompt(prompt, seed)), settings, (_, _) -> {}, () -> false)
                .getFirst()
                .tokens();
    }

    private float[] lastLogits(int[] text) {
        return lastLogits(model, text);
    }

    private static float[] lastLogits(LanguageModel of, int[] text) {
        try (TensorScope scope = Torch.RUNTIME.scope().sub()) {
            return of.logits(scope, PackedSequences.of(List.of(text)), new long[] {text.length - 1});
        }
    }

    private static int argmax(float[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .max(Comparator.comparingDouble(i -> values[i]))
                .orElseThrow();
    }

    private static int[] appended(int[] text, int token) {
        int[] longer = Arrays.copyOf(text, text.length + 1);
        longer[text.length] = token;
        return longer;
    }
}
