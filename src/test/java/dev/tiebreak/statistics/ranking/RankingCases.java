package dev.tiebreak.statistics.ranking;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What this package computes for the worked cases, by the name of the statistic and of the expectation.
public final class RankingCases {
    public static final Map<String, Function<JsonNode, Map<String, Object>>> ALL = all();

    private RankingCases() {}

    private static Map<String, Function<JsonNode, Map<String, Object>>> all() {
        Map<String, Function<JsonNode, Map<String, Object>>> all = new HashMap<>(BradleyTerryCases.ALL);
        all.putAll(SeveralCases.ALL);
        return Map.copyOf(all);
    }
}
