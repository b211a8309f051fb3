package dev.tiebreak.cli;

import dev.tiebreak.rlhf.data.Example;
import dev.tiebreak.rlhf.data.Overlength;
import dev.tiebreak.rlhf.data.PreferenceTokeniser;
import dev.tiebreak.rlhf.data.ScorableRow;
import dev.tiebreak.rlhf.data.TextTokeniser;
import dev.tiebreak.rlhf.data.TokenisedRow;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import dev.tiebreak.rlhf.trainer.LogProbScorer;

/// A language model, and how rows become its tokens.
record ScoringPolicy(LogProbScorer scorer, PreferenceTokeniser pairs, TextTokeniser texts) {
    static ScoringPolicy of(TorchRuntime runtime, ModelFolder folder, int length) {
        return new ScoringPolicy(
                new LogProbScorer(runtime, folder),
                new PreferenceTokeniser(folder.tokenizer(), length, Overlength.CUT),
                new TextTokeniser(folder.tokenizer(), length));
    }

    TokenisedRow<? extends Example> tokenise(ScorableRow row, long number) {
        return switch (row) {
            case ScorableRow.Pair(var pair) -> pairs.tokenise(pair, number);
            case ScorableRow.Single(var text) -> texts.tokenise(text, number);
        };
    }
}
