package dev.tiebreak.statistics.hypothesis;

import dev.tiebreak.statistics.Estimate;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What this package computes for the worked cases, by the name of the statistic and of the expectation.
public final class HypothesisCases {
    public static final Map<String, Function<JsonNode, Map<String, Object>>> ALL =
            Map.ofEntries(Map.entry("wilson_interval", HypothesisCases::wilson));

    private HypothesisCases() {}

    private static Map<String, Object> wilson(JsonNode input) {
        var interval = (Estimate.Defined) WilsonInterval.of(
                input.path("successes").asLong(),
                input.path("trials").asLong(),
                input.path("confidence").asDouble());
        return Map.of("lo", interval.low(), "hi", interval.high());
    }
}
