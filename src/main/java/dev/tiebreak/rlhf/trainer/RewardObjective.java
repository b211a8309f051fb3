package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.loss.BradleyTerryLoss;
import dev.tiebreak.rlhf.loss.PairLosses;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.model.SequenceScores;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reward model training: chosen and rejected go through the trunk in one pack, their scores at the last token into the
/// Bradley–Terry loss.
final class RewardObjective implements Objective {
    private final LanguageModel model;
    private final List<PreferenceExample> examples;
    private final List<PreferenceExample> heldOut;
    private final RewardSettings settings;
    private final BradleyTerryLoss loss;

    RewardObjective(
            LanguageModel model,
            List<PreferenceExample> examples,
            List<PreferenceExample> heldOut,
            RewardSettings settings) {
        this.model = model;
        this.examples = examples;
        this.heldOut = heldOut;
        this.settings = settings;
        this.loss = new BradleyTerryLoss(settings.centering(), settings.labelSmoothing());
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
        return PairForward.packed(PairForward.pick(examples, rows));
    }

    @Override
    public long accumulate(TensorScope scope, int[] rows, StepSize step, Tally tally) {
        List<PreferenceExample> batch = PairForward.pick(examples, rows);
        PackedSequences packed = PairForward.packed(batch);
        try (GradMode _ = GradMode.recording()) {
            SequenceScores scores = model.scores(scope, packed);
            PairLosses losses = losses(batch, scores.floats(), tally);
            float[] gradient = new float[2 * rows.length];
            for (int i = 0; i < rows.length; i++) {
                gradient[i] = (float) (losses.byChosen()[i] / step.rows());
                gradient[rows.length + i] = (float) (losses.byRejected()[i] / step.rows());
            }
            scores.backward(scope.floats(gradient, gradient.length));
        }
        return packed.size();
    }

    @Override
    public void evaluate(TensorScope scope, int[] rows, Tally tally) {
        List<PreferenceExample> batch = PairForward.pick(heldOut, rows);
        try (GradMode _ = GradMode.off()) {
            losses(batch, model.scores(scope, PairForward.packed(batch)).floats(), tally);
        }
    }

    @Override
    public Optional<RewardSpread> rewardSpread(TensorScope scope) {
        List<PreferenceExample> rows = heldOut.isEmpty() ? examples : heldOut;
        return Optional.of(RewardSpread.over(scope, model, rows, PairForward::packed));
    }

    private PairLosses losses(List<PreferenceExample> batch, float[] scores, Tally tally) {
        int pairs = batch.size();
        double[] chosen = doubles(scores, 0, pairs);
        double[] rejected = doubles(scores, pairs, 2 * pairs);
        double[] margins = batch.stream()
                .mapToDouble(row -> settings.useMargin() ? row.margin().orElse(0) : 0)
                .toArray();
        PairLosses losses = settings.useSoftLabels()
                ? loss.withSoftLabels(
                        chosen,
                        rejected,
                        margins,
                        batch.stream()
                                .mapToDouble(row -> row.softLabel().orElse(1 - settings.labelSmoothing()))
                                .toArray())
                : loss.of(chosen, rejected, margins);
        tally.add("loss", Arrays.stream(losses.values()).sum(), pairs);
        for (int i = 0; i < pairs; i++) {
            tally.add("accuracy", chosen[i] > rejected[i] ? 1 : 0);
            tally.add("ties", chosen[i] == rejected[i] ? 1 : 0);
            tally.add("margin", chosen[i] - rejected[i]);
        }
        countRewards(doubles(scores, 0, 2 * pairs), tally);
        return losses;
    }

    static void countRewards(double[] scores, Tally tally) {
        tally.add("min_reward", Arrays.stream(scores).min().orElseThrow());
        tally.add("mean_reward", Arrays.stream(scores).sum(), scores.length);
        tally.add("max_reward", Arrays.stream(scores).max().orElseThrow());
    }

    static double[] doubles(float[] values, int from, int to) {
        double[] doubles = new double[to - from];
        for (int i = from; i < to; i++) {
            doubles[i - from] = values[i];
        }
        return doubles;
    }
}
