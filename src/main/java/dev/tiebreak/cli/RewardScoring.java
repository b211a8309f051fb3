package dev.tiebreak.cli;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.ScorableRow;
import dev.tiebreak.rlhf.rollout.RewardScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A reward model's score of every completion, and how often it agrees with the file's preferences.
final class RewardScoring implements RowScoring {
    private static final int ROWS = 64;

    private final RewardScorer scorer;
    private final Path data;
    private final ScoreLines lines;
    private final List<ScorableRow> batch = new ArrayList<>();
    private int row;
    private int pairs;
    private int agreed;
    private double margins;

    RewardScoring(RewardScorer scorer, Path data, ScoreLines lines) {
        this.scorer = scorer;
        this.data = data;
        this.lines = lines;
    }

    @Override
    public void add(ScorableRow each) throws IOException {
        batch.add(each);
        if (batch.size() == ROWS) {
            score();
        }
    }

    private void score() throws IOException {
        List<int[]> sequences = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            try {
                sequences.addAll(sequences(batch.get(i)));
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
        batch.clear();
    }

    private List<int[]> sequences(ScorableRow each) {
        return switch (each) {
            case ScorableRow.Pair(var pair) ->
                List.of(scorer.tokens(pair.prompt(), pair.chosen()), scorer.tokens(pair.prompt(), pair.rejected()));
            case ScorableRow.Single(var text) ->
                List.of(text.prompt()
                        .map(prompt -> scorer.tokens(prompt, text.completion()))
                        .orElseGet(() -> scorer.tokens(text.completion())));
        };
    }

    private void pair(double chosen, double rejected) throws IOException {
        pairs++;
        agreed += chosen > rejected ? 1 : 0; // a tie is no agreement, as in training
        margins += chosen - rejected;
        JsonObject line = new JsonObject();
        line.addProperty("row", row);
        line.addProperty("chosen", chosen);
        line.addProperty("rejected", rejected);
        line.addProperty("margin", chosen - rejected);
        lines.row(
                line,
                "%7s%12s%12s%12s".formatted("row", "chosen", "rejected", "margin"),
                String.format(Locale.ROOT, "%7d%12.4f%12.4f%12.4f", row, chosen, rejected, chosen - rejected));
    }

    private void single(double score) throws IOException {
        JsonObject line = new JsonObject();
        line.addProperty("row", row);
        line.addProperty("reward", score);
        lines.row(line, "%7s%12s".formatted("row", "reward"), String.format(Locale.ROOT, "%7d%12.4f", row, score));
    }

    @Override
    public void end() throws IOException {
        score();
        JsonObject whole = new JsonObject();
        whole.addProperty("rows", row);
        String text = row + (row == 1 ? " row" : " rows");
        if (pairs > 0) {
            whole.addProperty("pairs", pairs);
            whole.addProperty("accuracy", (double) agreed / pairs);
            whole.addProperty("mean_margin", margins / pairs);
            text += String.format(
                    Locale.ROOT,
                    "; accuracy %.4f (%d of %d pairs), mean margin %.4f",
                    (double) agreed / pairs,
                    agreed,
                    pairs,
                    margins / pairs);
        }
        lines.whole(whole, text);
    }
}
