package dev.tiebreak.statistics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every worked case of the statistics we have, from each JSON file in the folder `-Dtiebreak.oracles=DIR` (default:
/// the repository's own copy). A case carries its source, its tolerance, and the printed value where there is one.
class GoldenCasesTest {
    /// Statistic name → what we compute for its input, by the name of the expectation.
    private static final Map<String, Function<JsonNode, Map<String, Object>>> COMPUTED = new TreeMap<>(Map.of(
            "krippendorff_alpha", GoldenCasesTest::alphas,
            "krippendorff_alpha_parts", GoldenCasesTest::alphaParts,
            "krippendorff_alpha_per_category", GoldenCasesTest::alphaPerCategory,
            "wilson_interval", GoldenCasesTest::wilson,
            "item_disagreement", GoldenCasesTest::disagreement));

    /// Statistics that case files may name and that this library does not have yet.
    private static final Set<String> TO_COME = Set.of(
            "annotator_agreement_with_majority",
            "binomial_exact",
            "bradley_terry",
            "bradley_terry_covariates",
            "bradley_terry_firth",
            "bradley_terry_half_ties",
            "bradley_terry_map",
            "bradley_terry_position_effect",
            "bradley_terry_robust_cov",
            "bt_posterior_ep",
            "circular_triads",
            "cusum_tabular",
            "davidson_ties",
            "dawid_skene",
            "elo_online",
            "ewma_chart",
            "fleiss_kappa",
            "friedman",
            "gwet_ac",
            "icc",
            "kendall_u",
            "kendall_w",
            "krippendorff_alpha_sets",
            "marginal_homogeneity",
            "mcnemar",
            "mean_pairwise_qwk",
            "multi_rater_counts",
            "multi_rater_kappas",
            "p_chart",
            "pairwise_preference_agreement",
            "plackett_luce",
            "rank_correlation",
            "rank_correlation_ties",
            "rao_kupper_ties",
            "rasch_mml",
            "stochastic_transitivity",
            "two_rater_table",
            "weighted_kappa_custom");

    record Case(String id, JsonNode json) {
        @Override
        public String toString() {
            return id;
        }
    }

    static Stream<Case> cases() throws IOException {
        return all().filter(golden ->
                COMPUTED.containsKey(golden.json().path("statistic").asString()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reproduces_the_worked_case(Case golden) {
        JsonNode json = golden.json();
        Map<String, Object> computed =
                requireNonNull(COMPUTED.get(json.path("statistic").asString())).apply(json.path("input"));
        requireClose(json.path("expected"), computed, json.path("tolerance").asDouble());
        if (json.has("published")) {
            requireClose(
                    json.path("published"),
                    computed,
                    json.path("published_tolerance").asDouble());
        }
    }

    @Test
    void no_case_names_a_statistic_that_nobody_knows() throws IOException {
        Set<String> unknown = new TreeSet<>();
        all().map(golden -> golden.json().path("statistic").asString()).forEach(unknown::add);
        unknown.removeAll(COMPUTED.keySet());
        unknown.removeAll(TO_COME);
        assertThat(unknown).isEmpty();
    }

    private static Stream<Case> all() throws IOException {
        String folder = System.getProperty("tiebreak.oracles");
        List<Path> files;
        if (folder == null) {
            files = List.of(Path.of("src/test/resources/statistics-oracles.json"));
        } else {
            try (var found = Files.list(Path.of(folder))) {
                files = found.filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .toList();
            }
        }
        return files.stream()
                .flatMap(file -> JsonMapper.shared().readTree(file.toFile()).valueStream())
                .map(json -> new Case(json.path("id").asString(), json));
    }

    private static void requireClose(JsonNode expected, Map<String, Object> computed, double tolerance) {
        expected.propertyStream().forEach(expectation -> {
            String name = expectation.getKey();
            assertThat(computed).as("we compute '%s'", name).containsKey(name);
            if (expectation.getValue().isArray()) {
                assertThat((double[]) requireNonNull(computed.get(name)))
                        .as(name)
                        .containsExactly(doubles(expectation.getValue()), within(tolerance));
            } else {
                assertThat((Double) computed.get(name))
                        .as(name)
                        .isCloseTo(expectation.getValue().asDouble(), within(tolerance));
            }
        });
    }

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

    private static Map<String, Object> wilson(JsonNode input) {
        var interval = (Estimate.Defined) WilsonInterval.of(
                input.path("successes").asLong(),
                input.path("trials").asLong(),
                input.path("confidence").asDouble());
        return Map.of("lo", interval.low(), "hi", interval.high());
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

    private static double value(Estimate estimate) {
        return estimate.point().orElseThrow();
    }

    private static double[] doubles(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }
}
