package dev.tiebreak.cli;

import dev.tiebreak.rlhf.data.ScorableReader;
import dev.tiebreak.rlhf.data.ScorableRow;
import dev.tiebreak.rlhf.model.Head;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.rollout.RewardScorer;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Prints what a model says of every completion in a file, and how often it agrees with the file's preferences.
@Command(
        name = "score",
        description =
                "Prints a reward model's scores of rows, or a language model's log-probabilities of them; beside a"
                        + " reference also implicit rewards.",
        mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
    private static final double DEFAULT_BETA = 0.1;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--model", required = true, description = "Hugging Face folder of a reward or a language model.")
    Path model = Path.of("");

    @Option(
            names = "--data",
            required = true,
            description = "JSONL of preference rows, or of prompt and completion; may be gzipped.")
    Path data = Path.of("");

    @Option(
            names = "--reference",
            paramLabel = "DIR",
            description = "Language model that --model was trained from: rewards are beta times the difference of"
                    + " log-probabilities.")
    @Nullable
    Path reference;

    @Option(names = "--beta", description = "Reward of a nat above the reference (default: " + DEFAULT_BETA + ").")
    @Nullable
    Double beta;

    @Option(
            names = "--max-length",
            paramLabel = "N",
            description = "Tokens at which a language model's completions are cut (default: 1024, as in training).")
    @Nullable
    Integer maxLength;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the rows' scores there, as JSONL.")
    @Nullable
    Path out;

    @Option(names = "--json", description = "One JSON object per row and one for the whole.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        requireSense();
        return TorchRuntime.onTensorThread("score", () -> {
            try (ScorableReader rows = ScorableReader.open(data);
                    TorchRuntime runtime = TorchRuntime.start(System.err::println);
                    ModelFolder folder = ModelFolder.load(runtime, model);
                    ScoreLines lines = new ScoreLines(
                            Objects.requireNonNull(spec).commandLine().getOut(), json, Optional.ofNullable(out))) {
                score(runtime, folder, rows, lines);
            }
            return 0;
        });
    }

    private void requireSense() {
        if (beta != null && reference == null) {
            throw new CommandException("--beta weighs rewards, which need a --reference");
        }
        if (beta != null && !(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
            throw new CommandException("--beta must be above 0, is " + beta);
        }
        if (maxLength != null && maxLength < 2) {
            throw new CommandException("--max-length must be at least 2, is " + maxLength);
        }
    }

    private void score(TorchRuntime runtime, ModelFolder folder, ScorableReader rows, ScoreLines lines)
            throws IOException {
        if (folder.config().head() == Head.SCORE) {
            refuseForRewardModel();
            score(rows, new RewardScoring(new RewardScorer(runtime, folder), data, lines));
            return;
        }
        int length = length(folder);
        ScoringPolicy policy = ScoringPolicy.of(runtime, folder, length);
        if (reference == null) {
            score(rows, new LogProbScoring(policy, Optional.empty(), data, length, lines));
            return;
        }
        try (ModelFolder other = ModelFolder.load(runtime, reference)) {
            int room = Math.min(length, length(other));
            ScoringReference to = new ScoringReference(
                    ScoringPolicy.of(runtime, other, room), Objects.requireNonNullElse(beta, DEFAULT_BETA));
            score(
                    rows,
                    new LogProbScoring(ScoringPolicy.of(runtime, folder, room), Optional.of(to), data, room, lines));
        }
    }

    private void refuseForRewardModel() {
        if (reference != null || maxLength != null) {
            throw new CommandException(model + " is a reward model, which scores without "
                    + (reference != null ? "a --reference" : "--max-length: it reads whole rows"));
        }
    }

    private int length(ModelFolder folder) {
        return Math.min(
                Objects.requireNonNullElse(maxLength, 1024), folder.config().context());
    }

    private void score(ScorableReader rows, RowScoring scoring) throws IOException {
        boolean any = false;
        for (ScorableRow row : rows) {
            scoring.add(row);
            any = true;
        }
        if (!any) {
            throw new CommandException(data + " has no rows");
        }
        scoring.end();
    }
}
