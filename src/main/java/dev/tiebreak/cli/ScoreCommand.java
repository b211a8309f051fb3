package dev.tiebreak.cli;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.ScorableReader;
import dev.tiebreak.rlhf.data.ScorableRow;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.rollout.RewardScorer;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Prints a reward model's score of every completion in a file, and how often it agrees with the file's preferences.
@Command(
        name = "score",
        description = "Prints a reward model's scores of preference rows, or of prompts with a completion.",
        mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
    /// Rows read and scored at a time; a file of any length fits.
    private static final int ROWS = 64;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--model", required = true, description = "Hugging Face folder of a reward model.")
    Path model = Path.of("");

    @Option(
            names = "--data",
            required = true,
            description = "JSONL of preference rows, or of prompt and completion; may be gzipped.")
    Path data = Path.of("");

    @Option(names = "--json", description = "One JSON object per row and one for the whole.")
    boolean json;

    private int row;
    private int pairs;
    private int agreed;
    private double margins;

    @Override
    public Integer call() throws Exception {
        return TorchRuntime.onTensorThread("score", () -> {
            try (ScorableReader rows = ScorableReader.open(data);
                    TorchRuntime runtime = TorchRuntime.start(System.err::println);
                    ModelFolder folder = ModelFolder.load(runtime, model)) {
                RewardScorer scorer = new RewardScorer(runtime, folder);
                List<ScorableRow> batch = new ArrayList<>();
                for (ScorableRow each : rows) {
                    batch.add(each);
                    if (batch.size() == ROWS) {
                        score(scorer, batch);
                        batch.clear();
                    }
                }
                score(scorer, batch);
            }
            sumUp();
            return 0;
        });
    }

    private void score(RewardScorer scorer, List<ScorableRow> batch) {
        List<int[]> sequences = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            try {
                sequences.addAll(sequences(scorer, batch.get(i)));
            } catch (WrongInputException e) {
                throw new WrongInputException(data + ": row " + (row + i + 1) + ": " + e.getMessage(), e);
            }
        }
        double[] scores = scorer.scores(sequences);
        int at = 0;
        for (ScorableRow each : batch) {
            row++;
            switch (each) {
                case ScorableRow.Pair _ -> pair(scores[at++], scores[at++]);
                case ScorableRow.Single _ -> single(scores[at++]);
            }
        }
    }

    private static List<int[]> sequences(RewardScorer scorer, ScorableRow row) {
        return switch (row) {
            case ScorableRow.Pair(var pair) ->
                List.of(scorer.tokens(pair.prompt(), pair.chosen()), scorer.tokens(pair.prompt(), pair.rejected()));
            case ScorableRow.Single(var text) ->
                List.of(text.prompt()
                        .map(prompt -> scorer.tokens(prompt, text.completion()))
                        .orElseGet(() -> scorer.tokens(text.completion())));
        };
    }

    private void pair(double chosen, double rejected) {
        pairs++;
        agreed += chosen > rejected ? 1 : 0; // a tie is no agreement, as in training
        margins += chosen - rejected;
        if (json) {
            JsonObject line = new JsonObject();
            line.addProperty("row", row);
            line.addProperty("chosen", chosen);
            line.addProperty("rejected", rejected);
            line.addProperty("margin", chosen - rejected);
            out().println(line);
        } else {
            out().printf(Locale.ROOT, "%d\tchosen %.4f\trejected %.4f%n", row, chosen, rejected);
        }
    }

    private void single(double score) {
        if (json) {
            JsonObject line = new JsonObject();
            line.addProperty("row", row);
            line.addProperty("reward", score);
            out().println(line);
        } else {
            out().printf(Locale.ROOT, "%d\t%.4f%n", row, score);
        }
    }

    private void sumUp() {
        if (row == 0) {
            throw new CommandException(data + " has no rows");
        }
        if (pairs > 0 && json) {
            JsonObject line = new JsonObject();
            line.addProperty("pairs", pairs);
            line.addProperty("accuracy", (double) agreed / pairs);
            line.addProperty("mean_margin", margins / pairs);
            out().println(line);
        } else if (pairs > 0) {
            out().printf(
                            Locale.ROOT,
                            "accuracy %.4f (%d of %d pairs), mean margin %.4f%n",
                            (double) agreed / pairs,
                            agreed,
                            pairs,
                            margins / pairs);
        }
        out().flush();
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
