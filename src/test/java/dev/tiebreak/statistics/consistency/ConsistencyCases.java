package dev.tiebreak.statistics.consistency;

import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What this package computes for the worked cases, by the name of the statistic and of the expectation.
public final class ConsistencyCases {
    public static final Map<String, Function<JsonNode, Map<String, Object>>> ALL = Map.ofEntries();

    private ConsistencyCases() {}
}
