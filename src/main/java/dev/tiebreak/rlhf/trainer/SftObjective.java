package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.Pack;
import dev.tiebreak.rlhf.data.TextExample;
import dev.tiebreak.rlhf.loss.TokenLoss;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.model.TokenScores;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.Arrays;
import java.util.List;

/// Supervised fine-tuning: the mean loss over all learnt tokens of an optimiser step, so that accumulated batches equal
/// one large batch. A row is a pack of documents.
final class SftObjective implements Objective {
    private final LanguageModel model;
    private final List<Pack> examples;
    private final List<Pack> heldOut;
    private final TokenLoss loss;

    SftObjective(LanguageModel model, List<Pack> examples, List<Pack> heldOut, TokenLoss loss) {
        this.model = model;
        this.examples = examples;
        this.heldOut = heldOut;
        this.loss = loss;
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
        return new StepSize(
                rows.length,
                Arrays.stream(rows).map(row -> examples.get(row).predicted()).sum());
    }

    @Override
    public PackedSequences packed(int[] rows) {
        return TextForward.packed(pick(examples, rows));
    }

    @Override
    public long accumulate(TensorScope scope, int[] rows, StepSize step, Tally tally) {
        try (GradMode _ = GradMode.recording()) {
            TextForward forward = TextForward.of(model, scope, pick(examples, rows));
            count(forward.scores(), tally);
            float[] gradient = gradient(forward.scores().logProbs(), step);
            model.backpropagate(scope, forward.pass(), forward.tokens().targets(), gradient);
            return forward.packed().tokens().length;
        }
    }

    @Override
    public void evaluate(TensorScope scope, int[] rows, Tally tally) {
        try (GradMode _ = GradMode.off()) {
            count(TextForward.of(model, scope, pick(heldOut, rows)).scores(), tally);
        }
    }

    private float[] gradient(float[] logProbs, StepSize step) {
        float[] gradient = new float[logProbs.length];
        for (int n = 0; n < gradient.length; n++) {
            gradient[n] = (float) (loss.slope(logProbs[n]) / step.tokens());
        }
        return gradient;
    }

    private void count(TokenScores scores, Tally tally) {
        for (int n = 0; n < scores.logProbs().length; n++) {
            tally.add("loss", loss.value(scores.logProbs()[n]));
            tally.add("entropy", scores.entropies()[n]);
            tally.add("mean_token_accuracy", scores.right()[n]);
        }
    }

    private static List<TextExample> pick(List<Pack> packs, int[] rows) {
        return Arrays.stream(rows)
                .mapToObj(row -> packs.get(row).documents())
                .flatMap(List::stream)
                .toList();
    }
}
