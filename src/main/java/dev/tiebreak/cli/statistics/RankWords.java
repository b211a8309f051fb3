package dev.tiebreak.cli.statistics;

import dev.tiebreak.statistics.ranking.Prior;
import dev.tiebreak.statistics.ranking.ScoreBoard.Scores;
import dev.tiebreak.statistics.ranking.TieModel;
import java.util.List;
import java.util.Locale;

/// Models and scores in words and numbers that people know.
final class RankWords {
    /// The sets are named beside it.
    static final String WHY_NONE = "comparisons do not tie these items to the others, so that maximum likelihood puts"
            + " them infinitely far apart: collect comparisons of them with others, or use a --prior";

    private static final String ONLY_THE_PRIOR = "only the prior places the items named above";

    private RankWords() {}

    /// What a person should know, items by name instead of number.
    static List<String> warnings(Scores scores) {
        List<String> problems = scores.fit().connectivity().problems();
        return scores.warnings().stream()
                .map(warning -> problems.stream().anyMatch(warning::startsWith) ? ONLY_THE_PRIOR : warning)
                .distinct()
                .toList();
    }

    /// The scale of chess ratings: 400 points are odds of ten to one, 1,000 is the mean.
    static double rating(double logStrength) {
        return 1_000 + 400 / Math.log(10) * logStrength;
    }

    static String ties(TieModel ties) {
        return switch (ties) {
            case HALF_WINS -> "half a win each";
            case DAVIDSON -> "Davidson";
            case RAO_KUPPER -> "Rao-Kupper";
        };
    }

    static String prior(Prior prior) {
        return switch (prior) {
            case Prior.None _ -> "none (maximum likelihood)";
            case Prior.Ghost(double outcomes) ->
                String.format(Locale.ROOT, "%s wins and losses against a ghost item", shortest(outcomes));
            case Prior.Normal(double l2) ->
                String.format(Locale.ROOT, "normal, %s times the sum of squares", shortest(l2));
        };
    }

    private static String shortest(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
