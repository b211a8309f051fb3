package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.loss.DpoLoss;
import dev.tiebreak.rlhf.loss.PairLogProbs;
import dev.tiebreak.rlhf.loss.PairLosses;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Direct Preference Optimization with one loss or several at once. The reference is the model as it was before the
/// first step.
final class DpoObjective implements Objective {
    private final LanguageModel model;
    private final List<PreferenceExample> examples;
    private final List<PreferenceExample> heldOut;
    private final DpoSettings settings;
    private final List<DpoLoss> losses;
    private final ReferenceLogProbs reference;

    DpoObjective(
            LanguageModel model,
            List<PreferenceExample> examples,
            List<PreferenceExample> heldOut,
            DpoSettings settings) {
        this.model = model;
        this.examples = examples;
        this.heldOut = heldOut;
        this.settings = settings;
        this.losses = settings.losses();
        this.reference = new ReferenceLogProbs(examples.size(), heldOut.size(), this::sumsByRow, this::describe);
    }

    private void describe(Fingerprint fingerprint) {
        fingerprint.add("dpo, ld_alpha " + settings.tailWeight());
        for (List<PreferenceExample> rows : List.of(examples, heldOut)) {
            fingerprint.add(new int[] {rows.size()});
            rows.forEach(row -> fingerprint.add(row.prompt()).add(row.chosen()).add(row.rejected()));
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
    public Optional<ReferenceLogProbs> reference() {
        return Optional.of(reference);
    }

    private double[][] sumsByRow(TensorScope scope, boolean ofHeldOut, int[] rows) {
        double[] sums = forward(scope, ofHeldOut, rows).sums();
        return IntStream.range(0, rows.length)
                .mapToObj(i -> new double[] {sums[i], sums[rows.length + i]})
                .toArray(double[][]::new);
    }

    @Override
    public StepSize size(int[] rows) {
        return new StepSize(
                rows.length, settings.sftWeight() == 0 ? 0 : PairForward.chosenTokens(examples, rows, false));
    }

    @Override
    public PackedSequences packed(int[] rows) {
        return PairForward.packed(PairForward.pick(examples, rows));
    }

    @Override
    public long accumulate(TensorScope scope, int[] rows, StepSize step, Tally tally) {
        try (GradMode _ = GradMode.recording()) {
            PairForward forward = forward(scope, false, rows);
            PairLosses loss = loss(forward, false, rows, tally);
            double likelihoodShare = settings.sftWeight() == 0 ? 0 : likelihoodWeight(forward) / step.tokens();
            forward.backpropagate(scope, loss, 1 / step.rows(), likelihoodShare);
            return forward.size();
        }
    }

    @Override
    public void evaluate(TensorScope scope, int[] rows, Tally tally) {
        try (GradMode _ = GradMode.off()) {
            loss(forward(scope, true, rows), true, rows, tally);
        }
    }

    private PairForward forward(TensorScope scope, boolean ofHeldOut, int[] rows) {
        List<PreferenceExample> batch = PairForward.pick(ofHeldOut ? heldOut : examples, rows);
        return new PairForward(model, scope, batch, settings.tailWeight(), false, settings.useWeighting());
    }

    private PairLosses loss(PairForward forward, boolean ofHeldOut, int[] rows, Tally tally) {
        PairLogProbs logProbs =
                forward.logProbs(reference.column(ofHeldOut, rows, 0), reference.column(ofHeldOut, rows, 1));
        PairLosses loss = DpoLoss.weightedSum(losses, settings.pairWeights(), logProbs);
        if (settings.useWeighting()) {
            loss = loss.weighted(forward.weights());
        }
        tally.add("loss", Arrays.stream(loss.values()).sum(), rows.length);
        if (settings.sftWeight() > 0) {
            double likelihood = forward.negativeLogLikelihood();
            tally.addTerm("loss", DpoSettings.SFT, likelihoodWeight(forward) * likelihood, forward.chosenTokens());
            tally.add("nll_loss", likelihood, forward.chosenTokens());
        }
        forward.count(
                logProbs,
                i -> settings.beta() * logProbs.chosenRatio(i),
                i -> settings.beta() * logProbs.rejectedRatio(i),
                tally);
        tally.add("logps/chosen", Arrays.stream(logProbs.chosen()).sum(), rows.length);
        tally.add("logps/rejected", Arrays.stream(logProbs.rejected()).sum(), rows.length);
        return loss;
    }

    /// The likelihood is one number of the batch, which WPO weights by its pairs' mean, as TRL does.
    private double likelihoodWeight(PairForward forward) {
        double mean = settings.useWeighting()
                ? Arrays.stream(forward.weights()).average().orElseThrow()
                : 1;
        return settings.sftWeight() * mean;
    }
}
