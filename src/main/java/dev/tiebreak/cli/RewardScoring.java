package dev.tiebreak.cli;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.ScorableRow;
import dev.tiebreak.rlhf.data.TokenisedRow.Fate;
import dev.tiebreak.rlhf.rollout.RewardScorer;
import dev.tiebreak.rlhf.rollout.UnscorableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A reward model's score of every completion, and how often it agrees with the file's preferences.
final class RewardScoring implements RowScoring {
    private static final int ROWS = 64;

    /// @param sequences one or two; none where the row cannot be scored
    private record Waiting(int number, List<int[]> sequences, Optional<Fate> dropped) {}

    private final RewardScorer scorer;
    private final Path data;
    private final ScoreLines lines;
    private final List<Waiting> waiting = new ArrayList<>();
    private int row;
    private int tooLong;
    private int empty;
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
        row++;
        waiting.add(waiting(each));
        if (waiting.size() == ROWS) {
            score();
        }
    }

    private void score() throws IOException {
        double[] scores = scorer.scores(
                waiting.stream().flatMap(each -> each.sequences().stream()).toList());
        int at = 0;
        for (Waiting each : waiting) {
            switch (each.sequences().size()) {
                case 0 -> dropped(each);
                case 1 -> single(each.number(), scores[at++]);
                default -> pair(each.number(), scores[at++], scores[at++]);
            }
        }
        waiting.clear();
    }

    private Waiting waiting(ScorableRow each) {
        try {
            return new Waiting(row, sequences(each), Optional.empty());
        } catch (UnscorableException e) {
            return new Waiting(row, List.of(), Optional.of(e.fate()));
        } catch (WrongInputException e) {
            throw new WrongInputException(data + ": row " + row + ": " + e.getMessage(), e);
        }
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

    private void pair(int number, double chosen, double rejected) throws IOException {
        pairs++;
        agreed += chosen > rejected ? 1 : 0; // a tie is no agreement, as in training
        margins += chosen - rejected;
        JsonObject line = new JsonObject();
        line.addProperty("row", number);
        line.addProperty("chosen", chosen);
        line.addProperty("rejected", rejected);
        line.addProperty("margin", chosen - rejected);
        lines.row(
                line,
                "%7s%12s%12s%12s".formatted("row", "chosen", "rejected", "margin"),
                String.format(Locale.ROOT, "%7d%12.4f%12.4f%12.4f", number, chosen, rejected, chosen - rejected));
    }

    private void single(int number, double score) throws IOException {
        JsonObject line = new JsonObject();
        line.addProperty("row", number);
        line.addProperty("reward", score);
        lines.row(line, "%7s%12s".formatted("row", "reward"), String.format(Locale.ROOT, "%7d%12.4f", number, score));
    }

    private void dropped(Waiting each) throws IOException {
        Fate fate = each.dropped().orElseThrow();
        boolean isLong = fate == Fate.TOO_LONG;
        tooLong += isLong ? 1 : 0;
        empty += isLong ? 0 : 1;
        lines.dropped(each.number(), fate, isLong ? "longer than the model's context" : "it is empty");
    }

    @Override
    public void end() throws IOException {
        score();
        JsonObject whole = new JsonObject();
        whole.addProperty("rows", row);
        whole.addProperty("scored", row - tooLong - empty);
        whole.addProperty("too_long", tooLong);
        whole.addProperty("empty", empty);
        String text = (row - tooLong - empty) + " of " + row + " rows scored"
                + (tooLong > 0 ? ", " + tooLong + " too long" : "") + (empty > 0 ? ", " + empty + " empty" : "");
        if (pairs > 0) {
            whole.addProperty("pairs", pairs);
            whole.addProperty("accuracy", (double) agreed / pairs);
            whole.addProperty("mean_margin", margins / pairs);
            text += String.format(
                    Locale.ROOT,
                    "%naccuracy %.4f (%d of %d pairs), mean margin %.4f",
                    (double) agreed / pairs,
                    agreed,
                    pairs,
                    margins / pairs);
        }
        lines.whole(whole, text);
    }
}
