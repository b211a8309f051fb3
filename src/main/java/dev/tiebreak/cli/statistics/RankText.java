package dev.tiebreak.cli.statistics;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.ranking.BradleyTerry;
import dev.tiebreak.statistics.ranking.Connectivity;
import dev.tiebreak.statistics.ranking.ScoreBoard;
import dev.tiebreak.statistics.ranking.ScoreBoard.Position;
import dev.tiebreak.statistics.ranking.ScoreBoard.Score;
import dev.tiebreak.statistics.ranking.ScoreBoard.Scores;
import dev.tiebreak.statistics.ranking.ScoreBoard.TieModelFit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What `rank` says, for people.
final class RankText {
    private static final int MOST_SHOWN = 200;
    private static final int MOST_NAMED = 10;

    private RankText() {}

    static String of(ComparisonTable table, BradleyTerry model, ScoreBoard board) {
        int annotators = table.rows().annotators();
        String heading = EstimateText.count(table.rows().size(), "comparison") + " of "
                + EstimateText.count(table.items().size(), "item")
                + (annotators > 0 ? " by " + EstimateText.count(annotators, "annotator") : "") + "\n\n";
        return heading
                + switch (board) {
                    case ScoreBoard.Refused refused ->
                        "no scores: " + RankWords.WHY_NONE + "\n" + sets(table, refused.connectivity());
                    case Scores scores -> scores(table, model, scores);
                };
    }

    private static String scores(ComparisonTable table, BradleyTerry model, Scores scores) {
        StringBuilder text = new StringBuilder(table(table, scores));
        int left = scores.scores().size() - MOST_SHOWN;
        if (left > 0) {
            text.append("and ").append(left).append(" more: --json has them all\n");
        }
        text.append("ties: ").append(RankWords.ties(model.ties()));
        text.append("; prior: ").append(RankWords.prior(model.prior()));
        scores.errors().ifPresent(errors -> text.append("; standard errors: ").append(errors));
        text.append("\nthe ranks hold all at once\n");
        if (!scores.fit().connectivity().estimable()) {
            text.append(sets(table, scores.fit().connectivity()));
        }
        RankWords.warnings(scores)
                .forEach(warning -> text.append("note: ").append(warning).append('\n'));
        if (!scores.tieModels().isEmpty()) {
            text.append('\n').append(tieModels(scores.tieModels()));
        }
        scores.position().ifPresent(position -> text.append('\n').append(position(position)));
        return text.toString();
    }

    private static String table(ComparisonTable table, Scores scores) {
        TextTable text = new TextTable("item", "score", "interval", "rating", "rank", "ranks", "won", "lost", "tied");
        scores.scores().stream().limit(MOST_SHOWN).forEach(score -> text.row(row(table, score)));
        return text.toString();
    }

    private static List<String> row(ComparisonTable table, Score score) {
        return List.of(
                TextTable.name(table.items().get(score.item())),
                EstimateText.digits("%.3f", score.logStrength().point()),
                score.logStrength() instanceof Estimate.Defined defined
                        ? EstimateText.digits("%.3f", defined.low()) + " to "
                                + EstimateText.digits("%.3f", defined.high())
                        : "",
                EstimateText.digits(
                        "%.0f", RankWords.rating(score.logStrength().point().orElseThrow())),
                String.valueOf(score.rank()),
                score.bestRank().isPresent()
                        ? score.bestRank().getAsInt() + "–" + score.worstRank().orElseThrow()
                        : "",
                count(score.wins()),
                count(score.losses()),
                count(score.ties()));
    }

    private static String count(double count) {
        return String.format(Locale.ROOT, "%,.0f", count);
    }

    private static String tieModels(List<TieModelFit> models) {
        TextTable table = new TextTable("tie model", "parameter", "log likelihood", "AIC");
        models.forEach(model -> table.row(
                model.name(),
                EstimateText.digits("%.4f", model.tieParameter()),
                EstimateText.digits("%.2f", model.logLikelihood()),
                EstimateText.digits("%.2f", model.aic())));
        return table.toString();
    }

    private static String position(Position position) {
        return "standing left: "
                + EstimateText.digits("%+.4f", position.effect().point()) + " log odds"
                + (position.effect() instanceof Estimate.Defined defined
                        ? " (" + EstimateText.digits("%.4f", defined.low()) + " to "
                                + EstimateText.digits("%.4f", defined.high()) + ")"
                        : "")
                + String.format(
                        Locale.ROOT,
                        "; against none χ² = %.2f, p = %.3g%n",
                        position.test().statistic(),
                        position.test().pValue());
    }

    /// Which items comparisons do not tie to the rest.
    private static String sets(ComparisonTable table, Connectivity connectivity) {
        StringBuilder text = new StringBuilder();
        append(
                text,
                table,
                "not connected with each other",
                connectivity.components().size() > 1 ? connectivity.components() : List.of());
        append(text, table, "undefeated", connectivity.undefeated());
        append(text, table, "winless", connectivity.winless());
        append(
                text,
                table,
                "never compared",
                connectivity.isolated().isEmpty() ? List.of() : List.of(connectivity.isolated()));
        return text.toString();
    }

    private static void append(StringBuilder text, ComparisonTable table, String what, List<List<Integer>> sets) {
        sets.stream()
                .limit(MOST_NAMED)
                .forEach(set ->
                        text.append(what).append(": ").append(names(table, set)).append('\n'));
        if (sets.size() > MOST_NAMED) {
            text.append(what).append(": and ").append(sets.size() - MOST_NAMED).append(" more sets\n");
        }
    }

    private static String names(ComparisonTable table, List<Integer> set) {
        String some = set.stream()
                .limit(MOST_NAMED)
                .map(item -> TextTable.name(table.items().get(item)))
                .collect(Collectors.joining(", "));
        return set.size() > MOST_NAMED ? some + " and " + (set.size() - MOST_NAMED) + " more" : some;
    }
}
