package dev.tiebreak.cli.statistics;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tiebreak.statistics.ranking.BradleyTerry;
import dev.tiebreak.statistics.ranking.Connectivity;
import dev.tiebreak.statistics.ranking.ScoreBoard;
import dev.tiebreak.statistics.ranking.ScoreBoard.Position;
import dev.tiebreak.statistics.ranking.ScoreBoard.Score;
import dev.tiebreak.statistics.ranking.ScoreBoard.Scores;
import dev.tiebreak.statistics.ranking.ScoreBoard.TieModelFit;
import java.util.List;

/// What `rank` says, for programs.
final class RankJson {

    private RankJson() {}

    static JsonObject of(ComparisonTable table, BradleyTerry model, ScoreBoard board) {
        JsonObject json = new JsonObject();
        json.addProperty("comparisons", table.rows().size());
        json.addProperty("items", table.items().size());
        json.addProperty("annotators", table.rows().annotators());
        json.addProperty("ties", RankWords.ties(model.ties()));
        json.addProperty("prior", RankWords.prior(model.prior()));
        switch (board) {
            case ScoreBoard.Refused refused -> {
                json.addProperty("reason", RankWords.WHY_NONE);
                json.add("connectivity", connectivity(table, refused.connectivity()));
            }
            case Scores scores -> scores(json, table, scores);
        }
        return json;
    }

    private static void scores(JsonObject json, ComparisonTable table, Scores scores) {
        json.addProperty("log_likelihood", scores.fit().logLikelihood());
        scores.fit().tieParameter().ifPresent(parameter -> json.addProperty("tie_parameter", parameter));
        scores.errors().ifPresent(errors -> json.addProperty("standard_errors", errors));
        JsonArray warnings = new JsonArray();
        RankWords.warnings(scores).forEach(warnings::add);
        json.add("warnings", warnings);
        json.add("connectivity", connectivity(table, scores.fit().connectivity()));
        JsonArray rows = new JsonArray();
        scores.scores().forEach(score -> rows.add(score(table, score)));
        json.add("scores", rows);
        JsonArray models = new JsonArray();
        scores.tieModels().forEach(model -> models.add(tieModel(model)));
        json.add("tie_models", models);
        scores.position().ifPresent(position -> json.add("position", position(position)));
    }

    private static JsonObject score(ComparisonTable table, Score score) {
        JsonObject json = new JsonObject();
        json.addProperty("item", table.items().get(score.item()));
        json.add("score", EstimateJson.of(score.logStrength()));
        json.addProperty("rating", RankWords.rating(score.logStrength().point().orElseThrow()));
        score.quasiStandardError().ifPresent(error -> json.addProperty("quasi_standard_error", error));
        json.addProperty("rank", score.rank());
        score.bestRank().ifPresent(rank -> json.addProperty("best_rank", rank));
        score.worstRank().ifPresent(rank -> json.addProperty("worst_rank", rank));
        json.addProperty("won", score.wins());
        json.addProperty("lost", score.losses());
        json.addProperty("tied", score.ties());
        return json;
    }

    private static JsonObject tieModel(TieModelFit model) {
        JsonObject json = new JsonObject();
        json.addProperty("model", model.name());
        json.addProperty("parameter", model.tieParameter());
        json.addProperty("log_likelihood", model.logLikelihood());
        json.addProperty("aic", model.aic());
        return json;
    }

    private static JsonObject position(Position position) {
        JsonObject json = EstimateJson.of(position.effect());
        json.addProperty("chi_squared", position.test().statistic());
        json.addProperty("p", position.test().pValue());
        return json;
    }

    private static JsonObject connectivity(ComparisonTable table, Connectivity connectivity) {
        JsonObject json = new JsonObject();
        json.addProperty("estimable", connectivity.estimable());
        json.add("components", sets(table, connectivity.components()));
        json.add("undefeated", sets(table, connectivity.undefeated()));
        json.add("winless", sets(table, connectivity.winless()));
        json.add("never_compared", names(table, connectivity.isolated()));
        return json;
    }

    private static JsonArray sets(ComparisonTable table, List<List<Integer>> sets) {
        JsonArray json = new JsonArray();
        sets.forEach(set -> json.add(names(table, set)));
        return json;
    }

    private static JsonArray names(ComparisonTable table, List<Integer> set) {
        JsonArray json = new JsonArray();
        set.forEach(item -> json.add(table.items().get(item)));
        return json;
    }
}
