package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.loss.DpoLoss;
import dev.tiebreak.rlhf.loss.PairLogProbs;
import dev.tiebreak.rlhf.loss.PairLosses;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.model.TokenScores;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// Direct Preference Optimization. The reference is the model as it was before the first step; its log-probabilities
/// are computed once, so no second model is kept.
final class DpoObjective implements Objective {
    private final LanguageModel model;
    private final List<PreferenceExample> examples;
    private final List<PreferenceExample> heldOut;
    private final double beta;
    private final DpoLoss loss;
    private double[][] reference = new double[0][];
    private double[][] heldOutReference = new double[0][];

    DpoObjective(
            LanguageModel model,
            List<PreferenceExample> examples,
            List<PreferenceExample> heldOut,
            TrainingSettings settings) {
        this.model = model;
        this.examples = examples;
        this.heldOut = heldOut;
        this.beta = settings.beta();
        this.loss = DpoLoss.named(settings.lossType(), settings.beta(), settings.labelSmoothing());
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
    public boolean prepare(TensorScope scope, List<int[]> firstEpoch, BooleanSupplier stop) {
        reference = new double[examples.size()][];
        heldOutReference = new double[heldOut.size()][];
        return remember(scope, examples, firstEpoch, reference, stop)
                && remember(scope, heldOut, TrainingRun.evaluationBatches(heldOut.size()), heldOutReference, stop);
    }

    private boolean remember(
            TensorScope scope,
            List<PreferenceExample> from,
            List<int[]> batches,
            double[][] into,
            BooleanSupplier stop) {
        for (int[] rows : batches) {
            if (stop.getAsBoolean()) {
                return false;
            }
            remember(scope, from, rows, into);
        }
        return true;
    }

    /// The reference of both completions, `[rows][2]`, null for rows that the run does not reach; goes into
    /// checkpoints, so that a resumed run has the same.
    double[][] reference() {
        return reference;
    }

    double[][] heldOutReference() {
        return heldOutReference;
    }

    void restore(double[][] savedReference, double[][] savedHeldOut) {
        reference = savedReference;
        heldOutReference = savedHeldOut;
    }

    private void remember(TensorScope scope, List<PreferenceExample> from, int[] rows, double[][] into) {
        try (TensorScope step = scope.sub();
                GradMode _ = GradMode.off()) {
            Forward forward = forward(step, pick(from, rows));
            double[] sums = forward.tokens.sums(forward.scores.logProbs());
            for (int i = 0; i < rows.length; i++) {
                into[rows[i]] = new double[] {sums[i], sums[rows.length + i]};
            }
        }
    }

    @Override
    public long accumulate(TensorScope scope, int[] rows, double total, Tally tally) {
        List<PreferenceExample> batch = pick(examples, rows);
        try (GradMode _ = GradMode.recording()) {
            Forward forward = forward(scope, batch);
            PairLosses losses = losses(forward, references(reference, rows), rows.length, tally);
            double[] perSequence = new double[2 * rows.length];
            for (int i = 0; i < rows.length; i++) {
                perSequence[i] = losses.byChosen()[i] / total;
                perSequence[rows.length + i] = losses.byRejected()[i] / total;
            }
            model.backpropagate(scope, forward.hidden, forward.tokens.targets(), forward.tokens.spread(perSequence));
            return forward.packed.tokens().length;
        }
    }

    @Override
    public void evaluate(TensorScope scope, int[] rows, Tally tally) {
        try (GradMode _ = GradMode.off()) {
            Forward forward = forward(scope, pick(heldOut, rows));
            losses(forward, references(heldOutReference, rows), rows.length, tally);
        }
    }

    private record Forward(PackedSequences packed, CompletionTokens tokens, Tensor hidden, TokenScores scores) {}

    private Forward forward(TensorScope scope, List<PreferenceExample> batch) {
        PackedSequences packed = RewardObjective.packed(batch);
        int[] prompts = IntStream.concat(
                        batch.stream().mapToInt(row -> row.prompt().length),
                        batch.stream().mapToInt(row -> row.prompt().length))
                .toArray();
        CompletionTokens tokens = CompletionTokens.of(packed, prompts);
        Tensor hidden = model.hidden(scope, packed, tokens.places());
        return new Forward(packed, tokens, hidden, model.logProbs(scope, hidden, tokens.targets()));
    }

    private PairLosses losses(Forward forward, double[][] references, int pairs, Tally tally) {
        double[] sums = forward.tokens.sums(forward.scores.logProbs());
        PairLogProbs logProbs = new PairLogProbs(
                Arrays.copyOf(sums, pairs),
                Arrays.copyOfRange(sums, pairs, 2 * pairs),
                Arrays.stream(references).mapToDouble(both -> both[0]).toArray(),
                Arrays.stream(references).mapToDouble(both -> both[1]).toArray(),
                Arrays.copyOf(forward.tokens.counts(), pairs),
                Arrays.copyOfRange(forward.tokens.counts(), pairs, 2 * pairs));
        PairLosses losses = loss.of(logProbs);
        tally.add("loss", Arrays.stream(losses.values()).sum(), pairs);
        for (int i = 0; i < pairs; i++) {
            double chosen = beta * logProbs.chosenRatio(i);
            double rejected = beta * logProbs.rejectedRatio(i);
            tally.add("rewards/chosen", chosen);
            tally.add("rewards/rejected", rejected);
            tally.add("rewards/accuracies", chosen > rejected ? 1 : 0);
            tally.add("rewards/margins", chosen - rejected);
            tally.add("logps/chosen", logProbs.chosen()[i]);
            tally.add("logps/rejected", logProbs.rejected()[i]);
            tally.add("completions/chosen_length", logProbs.chosenLengths()[i]);
            tally.add("completions/rejected_length", logProbs.rejectedLengths()[i]);
        }
        countTokens(forward, pairs, tally);
        return losses;
    }

    private static void countTokens(Forward forward, int pairs, Tally tally) {
        int chosenTokens = IntStream.of(forward.tokens.counts()).limit(pairs).sum();
        TokenScores scores = forward.scores;
        for (int n = 0; n < scores.logProbs().length; n++) {
            tally.add(n < chosenTokens ? "logits/chosen" : "logits/rejected", scores.meanLogits()[n]);
            if (n < chosenTokens) { // TRL's: over the chosen completions
                tally.add("entropy", scores.entropies()[n]);
                tally.add("mean_token_accuracy", scores.right()[n]);
            }
        }
    }

    private static double[][] references(double[][] all, int[] rows) {
        return Arrays.stream(rows).mapToObj(row -> all[row]).toArray(double[][]::new);
    }

    private static List<PreferenceExample> pick(List<PreferenceExample> examples, int[] rows) {
        return Arrays.stream(rows).mapToObj(examples::get).toList();
    }
}
