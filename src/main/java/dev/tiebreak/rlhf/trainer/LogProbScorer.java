package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.data.TextExample;
import dev.tiebreak.rlhf.model.Head;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.util.List;
import java.util.stream.IntStream;

/// Log-probabilities of completions under a policy, computed as in training. Belongs to the model's thread.
public final class LogProbScorer {
    /// Rows to score at a time; as many as an evaluation does, so that its numbers come out to the last bit.
    public static final int BATCH = TrainingRun.EVALUATION_BATCH;

    private final TorchRuntime runtime;
    private final ModelFolder folder;

    /// @throws WrongInputException when the folder holds a reward model
    public LogProbScorer(TorchRuntime runtime, ModelFolder folder) {
        if (folder.config().head() != Head.LANGUAGE) {
            throw new WrongInputException(
                    folder.folder().path() + " is a reward model, which has no log-probabilities of tokens");
        }
        this.runtime = runtime;
        this.folder = folder;
    }

    /// Of some pairs first all chosen, then all rejected completions.
    public List<CompletionScore> pairs(List<PreferenceExample> batch) {
        try (TensorScope scope = runtime.scope().sub();
                GradMode _ = GradMode.off()) {
            PairForward forward = new PairForward(folder.model(), scope, batch);
            double[] sums = forward.sums();
            return IntStream.range(0, sums.length)
                    .mapToObj(s -> new CompletionScore(sums[s], forward.length(s)))
                    .toList();
        }
    }

    /// Of some texts all that is learnt of each.
    public List<CompletionScore> texts(List<TextExample> batch) {
        try (TensorScope scope = runtime.scope().sub();
                GradMode _ = GradMode.off()) {
            TextForward forward = TextForward.of(folder.model(), scope, batch);
            double[] sums = forward.sums();
            return IntStream.range(0, sums.length)
                    .mapToObj(s -> new CompletionScore(sums[s], forward.tokens().counts()[s]))
                    .toList();
        }
    }
}
