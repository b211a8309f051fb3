package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.Example;
import dev.tiebreak.rlhf.data.RatedExample;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.model.SequenceScores;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reward model training on ratings: the squared distance of each score from its completion's rating.
final class RegressionObjective implements Objective {
    private final LanguageModel model;
    private final List<RatedExample> examples;
    private final List<RatedExample> heldOut;

    RegressionObjective(LanguageModel model, List<RatedExample> examples, List<RatedExample> heldOut) {
        this.model = model;
        this.examples = examples;
        this.heldOut = heldOut;
    }

    @Override
    public int rows() {
        return examples.size();
    }

    @Override
    public int heldOut() {
        return heldOut.size();
    }

    @Override
    public StepSize size(int[] rows) {
        return new StepSize(rows.length, 0);
    }

    @Override
    public PackedSequences packed(int[] rows) {
        return packed(Arrays.stream(rows).mapToObj(examples::get).toList());
    }

    @Override
    public long accumulate(TensorScope scope, int[] rows, StepSize step, Tally tally) {
        List<RatedExample> batch = Arrays.stream(rows).mapToObj(examples::get).toList();
        PackedSequences packed = packed(batch);
        try (GradMode _ = GradMode.recording()) {
            SequenceScores scores = model.scores(scope, packed);
            double[] misses = misses(batch, scores.floats(), tally);
            float[] gradient = new float[misses.length];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = (float) (2 * misses[i] / step.rows());
            }
            scores.backward(scope.floats(gradient, gradient.length));
        }
        return packed.tokens().length;
    }

    @Override
    public void evaluate(TensorScope scope, int[] rows, Tally tally) {
        List<RatedExample> batch = Arrays.stream(rows).mapToObj(heldOut::get).toList();
        try (GradMode _ = GradMode.off()) {
            misses(batch, model.scores(scope, packed(batch)).floats(), tally);
        }
    }

    @Override
    public Optional<RewardSpread> rewardSpread(TensorScope scope) {
        List<RatedExample> rows = heldOut.isEmpty() ? examples : heldOut;
        return Optional.of(RewardSpread.over(scope, model, rows, RegressionObjective::packed));
    }

    private static PackedSequences packed(List<RatedExample> batch) {
        return PackedSequences.of(batch.stream()
                .map(row -> Example.joined(row.prompt(), row.completion()))
                .toList());
    }

    private static double[] misses(List<RatedExample> batch, float[] scores, Tally tally) {
        double[] all = RewardObjective.doubles(scores, 0, scores.length);
        double[] misses = new double[all.length];
        for (int i = 0; i < all.length; i++) {
            misses[i] = all[i] - batch.get(i).rating();
            tally.add("loss", misses[i] * misses[i]);
            tally.add("mean_absolute_error", Math.abs(misses[i]));
        }
        RewardObjective.countRewards(all, tally);
        return misses;
    }
}
