package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.Pack;
import dev.tiebreak.rlhf.data.TextExample;
import dev.tiebreak.rlhf.loss.TokenLoss;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.model.TokenScores;
import dev.tiebreak.rlhf.model.TrunkPass;
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
    public long accumulate(TensorScope scope, int[] rows, StepSize step, Tally tally) {
        try (GradMode _ = GradMode.recording()) {
            Forward forward = forward(scope, pick(examples, rows));
            count(forward, tally);
            float[] gradient = gradient(forward.scores.logProbs(), step);
            model.backpropagate(scope, forward.pass, forward.tokens.targets(), gradient);
            return forward.packed.tokens().length;
        }
    }

    @Override
    public void evaluate(TensorScope scope, int[] rows, Tally tally) {
        try (GradMode _ = GradMode.off()) {
            count(forward(scope, pick(heldOut, rows)), tally);
        }
    }

    private float[] gradient(float[] logProbs, StepSize step) {
        float[] gradient = new float[logProbs.length];
        for (int n = 0; n < gradient.length; n++) {
            gradient[n] = (float) (loss.slope(logProbs[n]) / step.tokens());
        }
        return gradient;
    }

    private record Forward(PackedSequences packed, CompletionTokens tokens, TrunkPass pass, TokenScores scores) {}

    private Forward forward(TensorScope scope, List<TextExample> batch) {
        PackedSequences packed =
                PackedSequences.of(batch.stream().map(TextExample::tokens).toList());
        CompletionTokens tokens = CompletionTokens.of(
                packed,
                batch.stream().mapToInt(example -> example.prompt().length).toArray(),
                batch.stream().map(TextExample::learnt).toList());
        TrunkPass pass = model.trunk(scope, packed, tokens.places());
        return new Forward(packed, tokens, pass, model.logProbs(scope, pass, tokens.targets()));
    }

    private void count(Forward forward, Tally tally) {
        TokenScores scores = forward.scores;
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
