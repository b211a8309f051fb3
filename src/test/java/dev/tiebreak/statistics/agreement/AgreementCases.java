package dev.tiebreak.statistics.agreement;

import static dev.tiebreak.statistics.CaseValues.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What this package computes for the worked cases, by the name of the statistic and of the expectation.
public final class AgreementCases {
    public static final Map<String, Function<JsonNode, Map<String, Object>>> ALL = Map.ofEntries(
            Map.entry("krippendorff_alpha", AgreementCases::alphas),
            Map.entry("krippendorff_alpha_parts", AgreementCases::alphaParts),
            Map.entry("krippendorff_alpha_per_category", AgreementCases::alphaPerCategory),
            Map.entry("item_disagreement", AgreementCases::disagreement));

    private AgreementCases() {}

    private static Map<String, Object> alphas(JsonNode input) {
        Scored scored = Scored.read(input);
        Map<String, Object> alphas = new LinkedHashMap<>();
        alphas.put("nominal", value(KrippendorffAlpha.nominal().of(scored.counts())));
        alphas.put("ordinal", value(KrippendorffAlpha.ordinal().of(scored.counts())));
        alphas.put("interval", value(KrippendorffAlpha.interval(scored.scale()).of(scored.counts())));
        alphas.put("ratio", value(KrippendorffAlpha.ratio(scored.scale()).of(scored.counts())));
        return alphas;
    }

    private static Map<String, Object> alphaParts(JsonNode input) {
        CategoryCounts counts = Scored.read(input).counts();
        KrippendorffAlpha.Parts parts = KrippendorffAlpha.nominal().parts(counts);
        return Map.of(
                "Do", parts.observed(),
                "De", parts.expected(),
                "alpha", value(KrippendorffAlpha.nominal().of(counts)),
                "n_pairable", (double) parts.pairableLabels());
    }

    private static Map<String, Object> alphaPerCategory(JsonNode input) {
        Scored scored = Scored.read(input);
        Map<String, Object> alphas = new LinkedHashMap<>();
        for (int category = 0; category < scored.scale().length; category++) {
            alphas.put(
                    String.valueOf((long) scored.scale()[category]),
                    value(KrippendorffAlpha.nominal().of(scored.counts().versusRest(category))));
        }
        return alphas;
    }

    private static Map<String, Object> disagreement(JsonNode input) {
        List<int[]> votes = input.path("votes")
                .valueStream()
                .map(item -> item.valueStream().mapToInt(JsonNode::asInt).toArray())
                .toList();
        return Map.of(
                "entropy_bits",
                        votes.stream()
                                .mapToDouble(ItemDisagreement::entropyBits)
                                .toArray(),
                "pair_agreement",
                        votes.stream()
                                .mapToDouble(item ->
                                        ItemDisagreement.pairAgreement(item).orElseThrow())
                                .toArray());
    }

    /// Ratings with their values as categories, ascending.
    record Scored(CategoryCounts counts, double[] scale) {
        static Scored read(JsonNode input) {
            Map<Integer, List<Double>> items = new TreeMap<>();
            if (input.has("labels")) { // rows of item, annotator, label
                input.path("labels")
                        .forEach(row -> items.computeIfAbsent(row.get(0).asInt(), _ -> new ArrayList<>())
                                .add(row.get(2).asDouble()));
            } else { // items × raters, null where missing
                input.path("ratings")
                        .forEach(row -> items.put(
                                items.size(),
                                row.valueStream()
                                        .filter(cell -> !cell.isNull())
                                        .map(JsonNode::asDouble)
                                        .toList()));
            }
            double[] scale = items.values().stream()
                    .flatMap(List::stream)
                    .mapToDouble(Double::doubleValue)
                    .distinct()
                    .sorted()
                    .toArray();
            CategoryCounts.Builder counts = CategoryCounts.builder(scale.length);
            items.values().forEach(labels -> {
                int[] count = new int[scale.length];
                labels.forEach(label -> count[Arrays.binarySearch(scale, label)]++);
                counts.add(count);
            });
            return new Scored(counts.build(), scale);
        }
    }
}
