package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.loss.CpoLoss;
import dev.tiebreak.rlhf.loss.PairLogProbs;
import dev.tiebreak.rlhf.loss.PairLosses;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.Arrays;
import java.util.List;

/// Contrastive preference optimization, SimPO and AlphaPO: pairs compared under the policy alone, beside the chosen
/// completions' likelihood where that is asked for.
final class CpoObjective implements Objective {
    private final LanguageModel model;
    private final List<PreferenceExample> examples;
    private final List<PreferenceExample> heldOut;
    private final CpoSettings settings;
    private final CpoLoss loss;

    CpoObjective(
            LanguageModel model,
            List<PreferenceExample> examples,
            List<PreferenceExample> heldOut,
            CpoSettings settings) {
        this.model = model;
        this.examples = examples;
        this.heldOut = heldOut;
        this.settings = settings;
        this.loss = settings.loss();
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
        return new StepSize(rows.length, PairForward.chosenTokens(examples, rows, false));
    }

    @Override
    public PackedSequences packed(int[] rows) {
        return PairForward.packed(PairForward.pick(examples, rows));
    }

    @Override
    public long accumulate(TensorScope scope, int[] rows, StepSize step, Tally tally) {
        try (GradMode _ = GradMode.recording()) {
            PairForward forward = new PairForward(model, scope, PairForward.pick(examples, rows));
            PairLosses losses = losses(forward, tally);
            forward.backpropagate(scope, losses, 1 / step.rows(), settings.cpoAlpha() / step.tokens());
            return forward.size();
        }
    }

    @Override
    public void evaluate(TensorScope scope, int[] rows, Tally tally) {
        try (GradMode _ = GradMode.off()) {
            losses(new PairForward(model, scope, PairForward.pick(heldOut, rows)), tally);
        }
    }

    private PairLosses losses(PairForward forward, Tally tally) {
        PairLogProbs logProbs = forward.logProbs();
        PairLosses losses = loss.of(logProbs);
        double likelihood = forward.negativeLogLikelihood();
        tally.add("loss", Arrays.stream(losses.values()).sum(), forward.pairs());
        tally.addTerm("loss", "nll", settings.cpoAlpha() * likelihood, forward.chosenTokens());
        tally.add("nll_loss", likelihood, forward.chosenTokens());
        forward.count(logProbs, i -> loss.chosenReward(logProbs, i), i -> loss.rejectedReward(logProbs, i), tally);
        for (int i = 0; i < forward.pairs(); i++) {
            boolean averaged = loss.kind().averages();
            tally.add("logps/chosen", averaged ? logProbs.chosenMean(i) : logProbs.chosen()[i]);
            tally.add("logps/rejected", averaged ? logProbs.rejectedMean(i) : logProbs.rejected()[i]);
        }
        return losses;
    }
}
