package dev.tiebreak.statistics.hypothesis;

import dev.tiebreak.statistics.CaseValues;
import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.TestResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What this package computes for the worked cases, by the name of the statistic and of the expectation.
public final class HypothesisCases {
    public static final Map<String, Function<JsonNode, Map<String, Object>>> ALL = Map.ofEntries(
            Map.entry("binomial_exact", HypothesisCases::binomial),
            Map.entry("marginal_homogeneity", HypothesisCases::margins),
            Map.entry("mcnemar", HypothesisCases::mcnemar),
            Map.entry("wilson_interval", HypothesisCases::wilson));

    private HypothesisCases() {}

    private static Map<String, Object> wilson(JsonNode input) {
        return limits(
                "",
                WilsonInterval.of(
                        input.path("successes").asLong(), input.path("trials").asLong(), confidence(input)));
    }

    private static Map<String, Object> binomial(JsonNode input) {
        long successes = input.path("successes").asLong();
        long trials = input.path("trials").asLong();
        Map<String, Object> values = new LinkedHashMap<>();
        values.putAll(limits("", BinomialTest.interval(successes, trials, confidence(input))));
        values.putAll(limits("wilson_", WilsonInterval.of(successes, trials, confidence(input))));
        put(
                values,
                "statistic",
                "p",
                BinomialTest.test(successes, trials, input.path("p0").asDouble(0.5)));
        return values;
    }

    private static Map<String, Object> mcnemar(JsonNode input) {
        long[][] table = table(input);
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, "chi2", "p", McNemar.test(table[0][1], table[1][0]));
        put(values, "chi2_cc", "p_cc", McNemar.corrected(table[0][1], table[1][0]));
        put(values, "statistic", "p_exact", McNemar.exact(table[0][1], table[1][0]));
        return values;
    }

    private static Map<String, Object> margins(JsonNode input) {
        long[][] table = table(input);
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, "bhapkar", "p_bhapkar", MarginalHomogeneity.bhapkar(table));
        put(values, "chi2", "p", MarginalHomogeneity.stuartMaxwell(table));
        return values;
    }

    private static double confidence(JsonNode input) {
        return input.path("confidence").asDouble(0.95);
    }

    private static long[][] table(JsonNode input) {
        return Arrays.stream(CaseValues.matrix(input.path("table")))
                .map(row -> Arrays.stream(row).mapToLong(Math::round).toArray())
                .toArray(long[][]::new);
    }

    private static Map<String, Object> limits(String prefix, Estimate estimate) {
        return estimate instanceof Estimate.Defined interval
                ? Map.of(prefix + "lo", interval.low(), prefix + "hi", interval.high())
                : Map.of();
    }

    private static void put(Map<String, Object> values, String statistic, String p, TestResult result) {
        if (result instanceof TestResult.Tested tested) {
            values.put(statistic, tested.statistic());
            values.put("df", tested.degreesOfFreedom());
            values.put(p, tested.p());
        }
    }
}
