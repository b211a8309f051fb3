package dev.tiebreak.rlhf.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.rlhf.TinyModel;
import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.data.Pack;
import dev.tiebreak.rlhf.data.PackingStrategy;
import dev.tiebreak.rlhf.data.TextExample;
import dev.tiebreak.rlhf.loss.TokenLoss;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SftObjectiveTest {
    @TempDir
    Path folder;

    private List<TextExample> texts = List.of();

    @BeforeEach
    void draw_texts() {
        SplittableRandom random = new SplittableRandom(3);
        texts = IntStream.range(0, 12)
                .mapToObj(_ -> new TextExample(tokens(random, 0, 6), tokens(random, 2, 14)))
                .toList();
    }

    private static int[] tokens(SplittableRandom random, int least, int most) {
        return random.ints(random.nextInt(least, most + 1), 1, 280).toArray();
    }

    /// W14 of the specification: one batch of 3 tokens that cost 3.25, one of 20 that cost 10.
    @Test
    void the_mean_goes_over_all_tokens_of_the_step_and_not_over_the_means_of_its_batches() {
        Tally tally = new Tally();
        tally.add("loss", 3.25, 3);
        tally.add("loss", 10, 20);
        assertThat(tally.take().get("loss")).isCloseTo(0.57608696, within(5e-9)); // not 0.79166667

        TextExample three = new TextExample(new int[1], new int[3]);
        TextExample twenty = new TextExample(new int[1], new int[20]);
        SftObjective objective = objective(List.of(Pack.of(three), Pack.of(twenty)), TokenLoss.NLL);
        StepSize step = objective.size(new int[] {0}).plus(objective.size(new int[] {1}));
        assertThat((3.25 + 10) / step.tokens()).isCloseTo(0.57608696, within(5e-9));
    }

    @ParameterizedTest
    @EnumSource(TokenLoss.class)
    void packs_cost_and_pull_what_their_documents_do_alone(TokenLoss loss) {
        List<Pack> packs = PackingStrategy.BFD.pack(texts, 24);
        assertThat(packs).hasSizeLessThan(texts.size() / 2 + 1);
        Step alone = step(texts.stream().map(Pack::of).toList(), loss);
        Step packed = step(packs, loss);
        // fp32: the documents stand in another order, nothing else differs
        assertThat(packed.loss).isCloseTo(alone.loss, within(1e-5));
        for (int i = 0; i < alone.gradientNorms.size(); i++) {
            double norm = alone.gradientNorms.get(i);
            assertThat(packed.gradientNorms.get(i)).isCloseTo(norm, within(1e-6 + 1e-5 * norm));
        }
    }

    @Test
    void nothing_of_a_document_reaches_the_next_one_of_its_pack() {
        List<TextExample> others = new ArrayList<>(texts);
        others.set(0, new TextExample(new int[] {7, 7, 7}, new int[] {9, 9}));
        double together = step(List.of(new Pack(texts)), TokenLoss.NLL).tokenSum;
        double changed = step(List.of(new Pack(others)), TokenLoss.NLL).tokenSum;
        double before = step(List.of(Pack.of(texts.getFirst())), TokenLoss.NLL).tokenSum;
        double after = step(List.of(Pack.of(others.getFirst())), TokenLoss.NLL).tokenSum;
        assertThat(changed - together).isCloseTo(after - before, within(2e-4)); // sums of some 500 nats in fp32
    }

    /// @param tokenSum the loss times the tokens it was averaged over
    private record Step(double loss, double tokenSum, List<Double> gradientNorms) {}

    private Step step(List<Pack> packs, TokenLoss loss) {
        Torch.RUNTIME.prepareThread();
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, model());
                TensorScope scope = Torch.RUNTIME.scope().sub()) {
            model.model().trainable();
            SftObjective objective = new SftObjective(model.model(), packs, List.of(), loss);
            int[] all = IntStream.range(0, packs.size()).toArray();
            Tally tally = new Tally();
            StepSize size = objective.size(all);
            objective.accumulate(scope, all, size, tally);
            double mean = tally.take().getOrDefault("loss", Double.NaN);
            return new Step(mean, mean * size.tokens(), norms(model));
        }
    }

    private static List<Double> norms(ModelFolder model) {
        return model.model().weights().values().stream()
                .map(Tensor::gradient)
                .map(SftObjectiveTest::norm)
                .toList();
    }

    private static double norm(float[] gradient) {
        double squares = 0;
        for (float value : gradient) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    private SftObjective objective(List<Pack> packs, TokenLoss loss) {
        Torch.RUNTIME.prepareThread();
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, model())) {
            return new SftObjective(model.model(), packs, List.of(), loss);
        }
    }

    private Path model() {
        Path at = folder.resolve("model");
        return at.toFile().exists() ? at : TinyModel.language(at, 4);
    }
}
