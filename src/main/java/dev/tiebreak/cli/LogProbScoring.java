package dev.tiebreak.cli;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.Example;
import dev.tiebreak.rlhf.data.PassageTokeniser;
import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.data.ScorableRow;
import dev.tiebreak.rlhf.data.TextExample;
import dev.tiebreak.rlhf.data.TokenCounts;
import dev.tiebreak.rlhf.data.TokenisedRow;
import dev.tiebreak.rlhf.trainer.CompletionScore;
import dev.tiebreak.rlhf.trainer.LogProbScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A policy's log-probability of every completion, summed and per token; beside a reference also the implicit reward
/// β·(log π − log π_ref).
final class LogProbScoring implements RowScoring {
    private record Waiting(long number, TokenisedRow<? extends Example> row) {}

    private final ScoringPolicy policy;
    private final Optional<ScoringReference> reference;
    private final Path data;
    private final int length;
    private final ScoreLines lines;
    private final LogProbSummary summary;
    private final List<Waiting> waiting = new ArrayList<>();
    private TokenCounts counts = TokenCounts.NONE;

    /// @param length tokens of prompt and completion together; completions are cut there, as in training
    LogProbScoring(
            ScoringPolicy policy, Optional<ScoringReference> reference, Path data, int length, ScoreLines lines) {
        this.policy = policy;
        this.reference = reference;
        this.data = data;
        this.length = length;
        this.lines = lines;
        this.summary = new LogProbSummary(reference.map(ScoringReference::beta));
    }

    @Override
    public void add(ScorableRow row) throws IOException {
        long number = counts.rows() + 1;
        TokenisedRow<? extends Example> tokenised = tokenise(row, number);
        counts = counts.plus(tokenised, length);
        waiting.add(new Waiting(number, tokenised));
        if (examples(PreferenceExample.class).size() == LogProbScorer.BATCH
                || examples(TextExample.class).size() == LogProbScorer.BATCH) {
            score();
        }
    }

    private TokenisedRow<? extends Example> tokenise(ScorableRow row, long number) {
        try {
            TokenisedRow<? extends Example> tokenised = policy.tokenise(row, number);
            if (reference.isPresent()
                    && !same(tokenised, reference.get().policy().tokenise(row, number))) {
                throw new WrongInputException(
                        "row " + number + ": the reference reads it as other tokens than the model");
            }
            return tokenised;
        } catch (WrongInputException e) {
            throw new WrongInputException(data + ": " + e.getMessage(), e);
        }
    }

    private static boolean same(TokenisedRow<?> one, TokenisedRow<?> other) {
        for (int i = 0; i < one.sequences().size(); i++) {
            PassageTokeniser.Pair first = one.sequences().get(i);
            PassageTokeniser.Pair second = other.sequences().get(i);
            if (!Arrays.equals(first.prompt(), second.prompt())
                    || !Arrays.equals(first.completion(), second.completion())) {
                return false;
            }
        }
        return true;
    }

    private <E extends Example> List<E> examples(Class<E> kind) {
        return waiting.stream()
                .flatMap(each -> each.row().example().stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private void score() throws IOException {
        List<PreferenceExample> pairs = examples(PreferenceExample.class);
        List<TextExample> texts = examples(TextExample.class);
        List<LogProbs> ofPairs = logProbs(scorer -> scorer.pairs(pairs), pairs.isEmpty());
        Iterator<LogProbs> chosen = ofPairs.subList(0, pairs.size()).iterator();
        Iterator<LogProbs> rejected =
                ofPairs.subList(pairs.size(), ofPairs.size()).iterator();
        Iterator<LogProbs> ofTexts =
                logProbs(scorer -> scorer.texts(texts), texts.isEmpty()).iterator();
        for (Waiting each : waiting) {
            switch (each.row().example().orElse(null)) {
                case null -> dropped(each);
                case PreferenceExample _ -> pair(each.number(), chosen.next(), rejected.next());
                case Example _ -> single(each.number(), ofTexts.next());
            }
        }
        waiting.clear();
    }

    private interface Scores {
        List<CompletionScore> of(LogProbScorer scorer);
    }

    private List<LogProbs> logProbs(Scores scores, boolean nothing) {
        if (nothing) {
            return List.of();
        }
        List<CompletionScore> own = scores.of(policy.scorer());
        if (reference.isEmpty()) {
            return own.stream().map(LogProbs::of).toList();
        }
        ScoringReference to = reference.get();
        List<CompletionScore> its = scores.of(to.policy().scorer());
        List<LogProbs> both = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            double ratio = own.get(i).sum() - its.get(i).sum();
            both.add(new LogProbs(own.get(i), its.get(i).sum(), to.beta() * ratio));
        }
        return both;
    }

    private void pair(long row, LogProbs chosen, LogProbs rejected) throws IOException {
        summary.pair(chosen, rejected);
        JsonObject json = new JsonObject();
        json.addProperty("row", row);
        put(json, "chosen_", chosen);
        put(json, "rejected_", rejected);
        if (reference.isPresent()) {
            double margin = chosen.reward() - rejected.reward();
            json.addProperty("margin", margin);
            lines.row(
                    json,
                    "%7s%11s%11s%9s%11s%11s%9s%10s"
                            .formatted(
                                    "row",
                                    "chosen",
                                    "reference",
                                    "reward",
                                    "rejected",
                                    "reference",
                                    "reward",
                                    "margin"),
                    "%7d".formatted(row)
                            + withReference(chosen)
                            + withReference(rejected)
                            + String.format(Locale.ROOT, "%10.4f", margin));
        } else {
            lines.row(
                    json,
                    "%7s%12s%11s%8s%12s%11s%8s"
                            .formatted("row", "chosen", "per token", "tokens", "rejected", "per token", "tokens"),
                    "%7d".formatted(row) + alone(chosen) + alone(rejected));
        }
    }

    private void single(long row, LogProbs completion) throws IOException {
        summary.single(completion);
        JsonObject json = new JsonObject();
        json.addProperty("row", row);
        put(json, "", completion);
        boolean beside = reference.isPresent();
        lines.row(
                json,
                beside
                        ? "%7s%11s%11s%9s".formatted("row", "log-prob", "reference", "reward")
                        : "%7s%12s%11s%8s".formatted("row", "log-prob", "per token", "tokens"),
                "%7d".formatted(row) + (beside ? withReference(completion) : alone(completion)));
    }

    private static String alone(LogProbs of) {
        return String.format(
                Locale.ROOT,
                "%12.4f%11.4f%8d",
                of.score().sum(),
                of.score().mean(),
                of.score().tokens());
    }

    private static String withReference(LogProbs of) {
        return String.format(Locale.ROOT, "%11.4f%11.4f%9.4f", of.score().sum(), of.reference(), of.reward());
    }

    /// Names as TRL's, where it has one.
    private void put(JsonObject json, String side, LogProbs of) {
        json.addProperty(side + "logps", of.score().sum());
        json.addProperty(side + "mean_logps", of.score().mean());
        json.addProperty(side + "tokens", of.score().tokens());
        if (reference.isPresent()) {
            json.addProperty("ref_" + side + "logps", of.reference());
            json.addProperty(side + "reward", of.reward());
        }
    }

    private void dropped(Waiting each) throws IOException {
        TokenisedRow.Fate fate = each.row().fate();
        String why = fate == TokenisedRow.Fate.TOO_LONG
                ? "too long for " + length + " tokens"
                : "there is nothing to predict in it";
        lines.dropped(each.number(), fate, why);
    }

    @Override
    public void end() throws IOException {
        score();
        lines.whole(summary.json(counts), summary.text(counts));
    }
}
