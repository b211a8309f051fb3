package dev.tiebreak.rlhf.rollout;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.Example;
import dev.tiebreak.rlhf.data.Passage;
import dev.tiebreak.rlhf.data.PassageTokeniser;
import dev.tiebreak.rlhf.data.TokenisedRow.Fate;
import dev.tiebreak.rlhf.model.Head;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.util.List;

/// Scores completions with a reward model, through the same tokenisation it was trained with. Belongs to the model's
/// thread.
public final class RewardScorer {
    private static final int BATCH = 16;

    private final TorchRuntime runtime;
    private final ModelFolder folder;
    private final PassageTokeniser passages;

    /// @throws WrongInputException when the folder holds no reward model
    public RewardScorer(TorchRuntime runtime, ModelFolder folder) {
        if (folder.config().head() != Head.SCORE) {
            throw new WrongInputException(
                    folder.folder().path() + " is a language model, which has no score head: train a reward model");
        }
        this.runtime = runtime;
        this.folder = folder;
        this.passages = new PassageTokeniser(folder.tokenizer());
    }

    /// Token ids of prompt and completion as the reward model reads them.
    ///
    /// @throws UnscorableException when there are none, or more than the context holds: the score would be read at
    ///                             a token that is not the last
    public int[] tokens(Passage prompt, Passage completion) {
        PassageTokeniser.Pair pair = passages.pair(prompt, completion);
        return fitting(Example.joined(pair.prompt(), pair.completion()));
    }

    /// Token ids of a text without a prompt, likewise.
    public int[] tokens(Passage whole) {
        return fitting(passages.whole(whole));
    }

    private int[] fitting(int[] tokens) {
        int context = folder.config().context();
        if (tokens.length == 0) {
            throw new UnscorableException(Fate.EMPTY, "there is nothing to score: prompt and completion are empty");
        }
        if (tokens.length > context) {
            throw new UnscorableException(
                    Fate.TOO_LONG,
                    "prompt and completion have " + tokens.length + " tokens, but the reward model reads at most "
                            + context);
        }
        return tokens;
    }

    /// One score per sequence of token ids.
    public double[] scores(List<int[]> sequences) {
        double[] scores = new double[sequences.size()];
        try (GradMode _ = GradMode.off()) {
            for (int from = 0; from < scores.length; from += BATCH) {
                List<int[]> batch = sequences.subList(from, Math.min(scores.length, from + BATCH));
                try (TensorScope scope = runtime.scope().sub()) {
                    float[] values = folder.model()
                            .scores(scope, PackedSequences.of(batch))
                            .floats();
                    for (int i = 0; i < values.length; i++) {
                        scores[from + i] = values[i];
                    }
                }
            }
        }
        return scores;
    }
}
