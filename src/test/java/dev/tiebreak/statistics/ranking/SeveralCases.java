package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.CaseValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The worked cases of rankings of several items, and of ratings.
final class SeveralCases {
    static final Map<String, Function<JsonNode, Map<String, Object>>> ALL = Map.ofEntries(
            Map.entry("bt_posterior_ep", SeveralCases::posterior),
            Map.entry("elo_online", SeveralCases::elo),
            Map.entry("plackett_luce", SeveralCases::plackettLuce));

    private SeveralCases() {}

    private static Map<String, Object> posterior(JsonNode input) {
        List<JsonNode> rows = input.path("comparisons").valueStream().toList();
        List<String> items = items(input, rows);
        PairCounts.Builder counts = PairCounts.builder(items.size());
        rows.forEach(row -> counts.add(
                items.indexOf(row.path(0).asString()), items.indexOf(row.path(1).asString()), Outcome.LEFT));
        Link link = input.path("link").asString("logit").equals("probit") ? Link.PROBIT : Link.LOGIT_MIXTURE;
        double variance = input.has("alpha") ? 1 / input.path("alpha").asDouble() : number(input, "prior_variance", 1);
        var fit = (ExpectationPropagation.Fit) new ExpectationPropagation(variance, link).of(counts.build());
        double[][] covariance = fit.posterior().covariance();
        return Map.of(
                "mean", fit.posterior().mean(),
                "var",
                        IntStream.range(0, covariance.length)
                                .mapToDouble(i -> covariance[i][i])
                                .toArray(),
                "cov", covariance);
    }

    private static Map<String, Object> elo(JsonNode input) {
        SequencedSet<String> names = new LinkedHashSet<>();
        List<List<JsonNode>> matches = input.path("matches")
                .valueStream()
                .map(match -> match.valueStream().toList())
                .toList();
        matches.forEach(match -> match.stream().limit(2).forEach(item -> names.add(item.asString())));
        List<String> items = List.copyOf(names);
        ComparisonRows.Builder rows = ComparisonRows.builder();
        matches.forEach(match -> rows.add(
                items.indexOf(match.get(0).asString()),
                items.indexOf(match.get(1).asString()),
                outcome(match.get(2), match.get(0), match.get(1))));
        double[] ratings = new EloRatings(
                        number(input, "K", 4),
                        number(input, "scale", 400),
                        number(input, "base", 10),
                        number(input, "init", 1000))
                .after(rows.build());
        Map<String, Double> byName = new LinkedHashMap<>();
        for (String item : items) {
            byName.put(item, ratings[items.indexOf(item)]);
        }
        return Map.of("rating", byName);
    }

    /// Left, right or tie, in words, as a score of left, or as the winner's name.
    private static Outcome outcome(JsonNode winner, JsonNode left, JsonNode right) {
        if (winner.isNull() || winner.isNumber() && winner.asDouble() == 0.5) {
            return Outcome.TIE;
        }
        if (winner.equals(left)) {
            return Outcome.LEFT;
        }
        if (winner.equals(right)) {
            return Outcome.RIGHT;
        }
        return switch (winner.asString()) {
            case "left", "a", "A", "model_a", "x", "X", "1", "1.0", "true", "win" -> Outcome.LEFT;
            case "right", "b", "B", "model_b", "y", "Y", "0", "0.0", "false", "loss" -> Outcome.RIGHT;
            default -> Outcome.TIE;
        };
    }

    private static double number(JsonNode input, String name, double otherwise) {
        return input.path(name).isNumber() ? input.path(name).asDouble() : otherwise;
    }

    private static Map<String, Object> plackettLuce(JsonNode input) {
        var fitted = new PlackettLuce(number(input, "npseudo", 0)).of(rankings(input));
        if (!(fitted instanceof PlackettLuce.Fit fit)) {
            return Map.of();
        }
        double[] logWorths = fit.logWorths();
        Map<String, Double> logTies = new LinkedHashMap<>();
        fit.logTies().forEach((size, logTie) -> logTies.put(String.valueOf(size), logTie));
        double[][] covariance = fit.covariance().orElseThrow();
        return Map.of(
                "log_worth_mean0", named(input, logWorths),
                "log_worth_ref0",
                        named(
                                input,
                                Arrays.stream(logWorths)
                                        .map(each -> each - logWorths[0])
                                        .toArray()),
                "log_tie", logTies,
                "loglik", fit.logLikelihood(),
                "se_ref0",
                        IntStream.range(0, covariance.length)
                                .mapToDouble(i -> Math.sqrt(
                                        i < logWorths.length
                                                ? covariance[i][i] + covariance[0][0] - 2 * covariance[0][i]
                                                : covariance[i][i]))
                                .toArray());
    }

    /// By place, or by name where the table has names.
    private static CaseValues.Forms named(JsonNode input, double[] values) {
        List<String> names = names(input);
        return expected -> {
            if (!expected.isObject() || names.size() != values.length) {
                return values;
            }
            Map<String, Object> byName = new LinkedHashMap<>();
            IntStream.range(0, values.length).forEach(item -> byName.put(names.get(item), values[item]));
            return byName;
        };
    }

    /// `ranks`: rows of dense ranks, 0 or null where not ranked. `orderings` or `rankings`: rows of items best first,
    /// numbers from 0 (or from 1 up to `n_items`) or names; a list within a row is a tie.
    private static Rankings rankings(JsonNode input) {
        double[] weights = Stream.of("weights", "freq", "counts")
                .map(input::path)
                .filter(JsonNode::isArray)
                .findFirst()
                .map(CaseValues::doubles)
                .orElse(new double[0]);
        List<JsonNode> rows = Stream.of("ranks", "orderings", "rankings")
                .map(input::path)
                .filter(JsonNode::isArray)
                .findFirst()
                .orElseThrow()
                .valueStream()
                .toList();
        if (input.path("ranks").isArray()) {
            Rankings.Builder rankings = Rankings.builder(rows.getFirst().size());
            for (int row = 0; row < rows.size(); row++) {
                rankings.ranks(
                        weight(weights, row),
                        rows.get(row)
                                .valueStream()
                                .mapToInt(rank -> rank.isNull() ? 0 : rank.asInt())
                                .toArray());
            }
            return rankings.build();
        }
        return orderings(input, rows, weights);
    }

    private static Rankings orderings(JsonNode input, List<JsonNode> rows, double[] weights) {
        List<String> items = items(input, rows);
        Rankings.Builder rankings = Rankings.builder(items.size());
        for (int row = 0; row < rows.size(); row++) {
            List<int[]> groups = new ArrayList<>();
            rows.get(row)
                    .valueStream()
                    .filter(place -> !place.isNull())
                    .forEach(place ->
                            groups.add(leaves(place).mapToInt(items::indexOf).toArray()));
            rankings.add(weight(weights, row), groups, new int[0]);
        }
        return rankings.build();
    }

    private static Stream<String> leaves(JsonNode place) {
        return place.isArray()
                ? place.valueStream().flatMap(SeveralCases::leaves)
                : place.isNull() ? Stream.of() : Stream.of(place.asString());
    }

    private static List<String> items(JsonNode input, List<JsonNode> rows) {
        List<String> seen =
                rows.stream().flatMap(SeveralCases::leaves).distinct().toList();
        List<String> names = names(input);
        if (names.containsAll(seen)) {
            return names.isEmpty() ? seen : names;
        }
        int count = Math.max(input.path("n_items").asInt(0), names.size());
        boolean fromOne = !seen.contains("0") && seen.contains(String.valueOf(count));
        List<String> numbers = IntStream.range(0, Math.max(count, seen.size()))
                .mapToObj(item -> String.valueOf(fromOne ? item + 1 : item))
                .toList();
        return numbers.containsAll(seen) ? numbers : seen;
    }

    private static List<String> names(JsonNode input) {
        return Stream.of("names", "items")
                .map(input::path)
                .filter(JsonNode::isArray)
                .findFirst()
                .map(array -> array.valueStream().map(JsonNode::asString).toList())
                .orElse(List.of());
    }

    private static double weight(double[] weights, int row) {
        return row < weights.length ? weights[row] : 1;
    }
}
