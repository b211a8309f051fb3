package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.loss.BradleyTerryLoss;
import dev.tiebreak.rlhf.loss.PairLosses;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reward model training: chosen and rejected go through the trunk in one pack, their scores at the last token into the
/// Bradley–Terry loss.
final class RewardObjective implements Objective {
    private final LanguageModel model;
    private final List<PreferenceExample> examples;
    private final List<PreferenceExample> heldOut;
    private final TrainingSettings settings;
    private final BradleyTerryLoss loss;

    RewardObjective(
            LanguageModel model,
            List<PreferenceExample> examples,
            List<PreferenceExample> heldOut,
            TrainingSettings settings) {
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
    public double weight(int[] rows) {
        return rows.length;
    }

    @Override
    public long accumulate(TensorScope scope, int[] rows, double total, Tally tally) {
        List<PreferenceExample> batch = pick(examples, rows);
        PackedSequences packed = packed(batch);
        try (GradMode _ = GradMode.recording()) {
            Tensor scores = model.scores(scope, packed);
            PairLosses losses = losses(batch, scores.floats(), tally);
            float[] gradient = new float[2 * rows.length];
            for (int i = 0; i < rows.length; i++) {
                gradient[i] = (float) (losses.byChosen()[i] / total);
                gradient[rows.length + i] = (float) (losses.byRejected()[i] / total);
            }
            scores.backward(scope.floats(gradient, gradient.length));
        }
        return packed.tokens().length;
    }

    @Override
    public void evaluate(TensorScope scope, int[] rows, Tally tally) {
        List<PreferenceExample> batch = pick(heldOut, rows);
        try (GradMode _ = GradMode.off()) {
            losses(batch, model.scores(scope, packed(batch)).floats(), tally);
        }
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
            tally.add("mean_reward", chosen[i] + rejected[i], 2);
        }
        double[] all = doubles(scores, 0, 2 * pairs);
        tally.add("min_reward", Arrays.stream(all).min().orElseThrow());
        tally.add("max_reward", Arrays.stream(all).max().orElseThrow());
        return losses;
    }

    private static double[] doubles(float[] values, int from, int to) {
        double[] doubles = new double[to - from];
        for (int i = from; i < to; i++) {
            doubles[i - from] = values[i];
        }
        return doubles;
    }

    private static List<PreferenceExample> pick(List<PreferenceExample> examples, int[] rows) {
        return Arrays.stream(rows).mapToObj(examples::get).toList();
    }

    /// First all chosen, then all rejected sequences.
    static PackedSequences packed(List<PreferenceExample> batch) {
        List<int[]> sequences = new ArrayList<>();
        batch.forEach(row -> sequences.add(joined(row.prompt(), row.chosen())));
        batch.forEach(row -> sequences.add(joined(row.prompt(), row.rejected())));
        return PackedSequences.of(sequences);
    }

    static int[] joined(int[] prompt, int[] completion) {
        int[] both = Arrays.copyOf(prompt, prompt.length + completion.length);
        System.arraycopy(completion, 0, both, prompt.length, completion.length);
        return both;
    }
}
