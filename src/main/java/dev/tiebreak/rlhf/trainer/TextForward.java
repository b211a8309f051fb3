package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.TextExample;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.model.TokenScores;
import dev.tiebreak.rlhf.model.TrunkPass;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.List;

/// One pass of texts through a model, end to end, and what it says of the tokens to be learnt.
record TextForward(PackedSequences packed, CompletionTokens tokens, TrunkPass pass, TokenScores scores) {

    static PackedSequences packed(List<TextExample> batch) {
        return PackedSequences.of(batch.stream().map(TextExample::tokens).toList());
    }

    static CompletionTokens tokens(PackedSequences packed, List<TextExample> batch) {
        return CompletionTokens.of(
                packed,
                batch.stream().mapToInt(example -> example.prompt().length).toArray(),
                batch.stream().map(TextExample::learnt).toList());
    }

    static TextForward of(LanguageModel model, TensorScope scope, List<TextExample> batch) {
        PackedSequences packed = packed(batch);
        CompletionTokens tokens = tokens(packed, batch);
        TrunkPass pass = model.trunk(scope, packed, tokens.places());
        return new TextForward(packed, tokens, pass, model.logProbs(scope, pass, tokens.targets()));
    }

    /// Summed log-probability of each text's tokens to be learnt.
    double[] sums() {
        return tokens.sums(scores.logProbs());
    }
}
