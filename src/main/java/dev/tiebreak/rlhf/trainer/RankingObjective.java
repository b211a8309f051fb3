package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.Example;
import dev.tiebreak.rlhf.data.RankedExample;
import dev.tiebreak.rlhf.loss.RankingLoss;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.model.SequenceScores;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reward model training on rankings: every completion is scored once, and a prompt is one element of the batch however
/// many completions it has.
final class RankingObjective implements Objective {
    private final LanguageModel model;
    private final List<RankedExample> examples;
    private final List<RankedExample> heldOut;
    private final RankingLoss loss;

    RankingObjective(LanguageModel model, List<RankedExample> examples, List<RankedExample> heldOut, RankingLoss loss) {
        this.model = model;
        this.examples = examples;
        this.heldOut = heldOut;
        this.loss = loss;
        if (loss == RankingLoss.PLACKETT_LUCE) {
            examples.forEach(RankingObjective::refuseTies);
            heldOut.forEach(RankingObjective::refuseTies);
        }
    }

    private static void refuseTies(RankedExample row) {
        if (Arrays.stream(row.ranks()).distinct().count() < row.ranks().length) {
            throw new WrongInputException(
                    "loss_type plackett_luce needs rankings without ties, and a row has the ranks "
                            + Arrays.toString(row.ranks()) + "; k_wise passes over ties");
        }
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
        List<RankedExample> batch = Arrays.stream(rows).mapToObj(examples::get).toList();
        PackedSequences packed = packed(batch);
        try (GradMode _ = GradMode.recording()) {
            SequenceScores scores = model.scores(scope, packed);
            double[] byScore = gradient(batch, scores.floats(), tally);
            float[] gradient = new float[byScore.length];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = (float) (byScore[i] / step.rows());
            }
            scores.backward(scope.floats(gradient, gradient.length));
        }
        return packed.size();
    }

    @Override
    public void evaluate(TensorScope scope, int[] rows, Tally tally) {
        List<RankedExample> batch = Arrays.stream(rows).mapToObj(heldOut::get).toList();
        try (GradMode _ = GradMode.off()) {
            gradient(batch, model.scores(scope, packed(batch)).floats(), tally);
        }
    }

    @Override
    public Optional<RewardSpread> rewardSpread(TensorScope scope) {
        List<RankedExample> rows = heldOut.isEmpty() ? examples : heldOut;
        return Optional.of(RewardSpread.over(scope, model, rows, RankingObjective::packed));
    }

    /// A prompt is laid down once for all of its completions.
    private static PackedSequences packed(List<RankedExample> batch) {
        List<int[]> sequences = new ArrayList<>();
        List<Integer> lenders = new ArrayList<>();
        List<Integer> shared = new ArrayList<>();
        for (RankedExample row : batch) {
            int first = sequences.size();
            for (int[] completion : row.completions()) {
                shared.add(sequences.size() == first ? 0 : row.prompt().length);
                lenders.add(first);
                sequences.add(Example.joined(row.prompt(), completion));
            }
        }
        return PackedSequences.of(
                sequences,
                lenders.stream().mapToInt(Integer::intValue).toArray(),
                shared.stream().mapToInt(Integer::intValue).toArray());
    }

    /// Of the sum of losses, by every score in the pack's order; counts on the way.
    private double[] gradient(List<RankedExample> batch, float[] scores, Tally tally) {
        double[] all = RewardObjective.doubles(scores, 0, scores.length);
        double[] gradient = new double[all.length];
        int from = 0;
        for (RankedExample row : batch) {
            int to = from + row.completions().size();
            double[] own = Arrays.copyOfRange(all, from, to);
            RankingLoss.Result result = loss.of(own, row.ranks());
            tally.add("loss", result.value());
            System.arraycopy(result.gradient(), 0, gradient, from, own.length);
            countPairs(own, row.ranks(), tally);
            from = to;
        }
        RewardObjective.countRewards(all, tally);
        return gradient;
    }

    private static void countPairs(double[] scores, int[] ranks, Tally tally) {
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (ranks[i] < ranks[j]) {
                    tally.add("accuracy", scores[i] > scores[j] ? 1 : 0);
                    tally.add("ties", scores[i] == scores[j] ? 1 : 0);
                    tally.add("margin", scores[i] - scores[j]);
                }
            }
        }
    }
}
