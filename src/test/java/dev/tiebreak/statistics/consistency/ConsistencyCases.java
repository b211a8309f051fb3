package dev.tiebreak.statistics.consistency;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What this package computes for the worked cases, by the name of the statistic and of the expectation.
public final class ConsistencyCases {
    public static final Map<String, Function<JsonNode, Map<String, Object>>> ALL = Map.ofEntries(
            Map.entry("circular_triads", ConsistencyCases::circularTriads),
            Map.entry("kendall_u", ConsistencyCases::kendallU),
            Map.entry("stochastic_transitivity", ConsistencyCases::transitivity));

    private ConsistencyCases() {}

    private static Map<String, Object> circularTriads(JsonNode input) {
        return switch (CircularTriads.of(chosen(input))) {
            case CircularTriads.Complete complete ->
                Map.of(
                        "circular_triads", complete.circular(),
                        "max", complete.most(),
                        "zeta", complete.zeta(),
                        "expected", complete.byChance());
            case CircularTriads.Restricted restricted -> Map.of("circular_triads", restricted.circular());
            case CircularTriads.Undefined _ -> Map.of();
        };
    }

    private static Map<String, Object> kendallU(JsonNode input) {
        Map<String, Object> computed = new HashMap<>();
        if (KendallU.of(chosen(input)) instanceof KendallU.Agreement agreement) {
            computed.put("u", agreement.u());
            computed.put("u_min", agreement.least());
            boolean corrected = input.path("correct").asBoolean(false);
            agreement.test().ifPresent(test -> {
                computed.put("chi2", corrected ? test.corrected() : test.chiSquared());
                computed.put("chi2_corrected", test.corrected());
                computed.put("df", test.degreesOfFreedom());
                computed.put("p", corrected ? test.correctedP() : test.p());
            });
        }
        return computed;
    }

    private static Map<String, Object> transitivity(JsonNode input) {
        return switch (StochasticTransitivity.of(chosen(input))) {
            case StochasticTransitivity.Violations violations ->
                Map.of(
                        "weak", violations.weak(),
                        "moderate", violations.moderate(),
                        "strong", violations.strong(),
                        "triples", violations.triples());
            case StochasticTransitivity.Undefined _ -> Map.of();
        };
    }

    /// A matrix of counts (of rows that are arrays, or objects by the item's name; null is 0), or rows of
    /// winner, loser.
    private static double[][] chosen(JsonNode input) {
        JsonNode comparisons = input.path("comparisons");
        if (comparisons.isArray()) {
            return fromComparisons(comparisons);
        }
        JsonNode rows = Stream.of("wins", "choices", "counts", "table")
                .map(input::path)
                .filter(JsonNode::isContainer)
                .findFirst()
                .orElseThrow();
        return rows.valueStream()
                .map(row -> row.valueStream()
                        .mapToDouble(cell -> cell.isNull() ? 0 : number(cell))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double number(JsonNode cell) {
        return cell.isBoolean() ? cell.asBoolean() ? 1 : 0 : cell.asDouble();
    }

    private static double[][] fromComparisons(JsonNode comparisons) {
        var names = new LinkedHashSet<String>();
        comparisons.forEach(row -> row.valueStream().limit(2).forEach(item -> names.add(item.asString())));
        List<String> items = List.copyOf(names);
        var chosen = new double[items.size()][items.size()];
        comparisons.forEach(row -> {
            List<JsonNode> cells = row.valueStream().toList();
            int winner = items.indexOf(cells.get(0).asString());
            int loser = items.indexOf(cells.get(1).asString());
            chosen[winner][loser] += cells.size() > 2 ? cells.get(2).asDouble() : 1;
        });
        return chosen;
    }
}
