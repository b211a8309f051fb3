package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.loss.OddsRatioLoss;
import dev.tiebreak.rlhf.loss.PairLogProbs;
import dev.tiebreak.rlhf.loss.PairLosses;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.Arrays;
import java.util.List;

/// Odds-ratio preference optimization: the mean negative log-probability of the chosen sequences, prompts included, and
/// the odds ratio of chosen and rejected completions. Hong et al. 2024; as TRL's `ORPOTrainer`.
final class OrpoObjective implements Objective {
    private final LanguageModel model;
    private final List<PreferenceExample> examples;
    private final List<PreferenceExample> heldOut;
    private final OrpoSettings settings;
    private final OddsRatioLoss loss;

    OrpoObjective(
            LanguageModel model,
            List<PreferenceExample> examples,
            List<PreferenceExample> heldOut,
            OrpoSettings settings) {
        this.model = model;
        this.examples = examples;
        this.heldOut = heldOut;
        this.settings = settings;
        this.loss = new OddsRatioLoss(settings.beta());
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
        return new StepSize(rows.length, PairForward.chosenTokens(examples, rows, true));
    }

    @Override
    public PackedSequences packed(int[] rows) {
        return PairForward.packed(PairForward.pick(examples, rows));
    }

    @Override
    public long accumulate(TensorScope scope, int[] rows, StepSize step, Tally tally) {
        try (GradMode _ = GradMode.recording()) {
            PairForward forward = forward(scope, PairForward.pick(examples, rows));
            PairLosses losses = losses(forward, tally);
            forward.backpropagate(scope, losses, 1 / step.rows(), 1 / step.tokens());
            return forward.size();
        }
    }

    @Override
    public void evaluate(TensorScope scope, int[] rows, Tally tally) {
        try (GradMode _ = GradMode.off()) {
            losses(forward(scope, PairForward.pick(heldOut, rows)), tally);
        }
    }

    private PairForward forward(TensorScope scope, List<PreferenceExample> batch) {
        return new PairForward(model, scope, batch, 1, true, false);
    }

    private PairLosses losses(PairForward forward, Tally tally) {
        PairLogProbs logProbs = forward.logProbs();
        PairLosses losses = loss.of(logProbs);
        double likelihood = forward.negativeLogLikelihood();
        tally.add("loss", Arrays.stream(losses.values()).sum(), forward.pairs());
        tally.addTerm("loss", "nll", likelihood, forward.chosenTokens());
        tally.add("nll_loss", likelihood, forward.chosenTokens());
        forward.count(
                logProbs,
                i -> settings.beta() * logProbs.chosenMean(i),
                i -> settings.beta() * logProbs.rejectedMean(i),
                tally);
        for (int i = 0; i < forward.pairs(); i++) {
            tally.add("logps/chosen", logProbs.chosenMean(i));
            tally.add("logps/rejected", logProbs.rejectedMean(i));
            tally.add("log_odds_ratio", loss.logSigmoid(logProbs, i)); // TRL's names for the two
            tally.add("log_odds_chosen", loss.logOddsRatio(logProbs, i));
        }
        return losses;
    }
}
