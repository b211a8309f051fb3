package dev.tiebreak.statistics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.statistics.agreement.AgreementCases;
import dev.tiebreak.statistics.consistency.ConsistencyCases;
import dev.tiebreak.statistics.drift.DriftCases;
import dev.tiebreak.statistics.hypothesis.HypothesisCases;
import dev.tiebreak.statistics.ranking.RankingCases;
import dev.tiebreak.statistics.reliability.ReliabilityCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
/// the repository's own, those of the specification and our further ones). A case carries its source, its tolerance,
/// and the printed value where there is one.
class GoldenCasesTest {
    /// Statistic name → what we compute for its input, by the name of the expectation.
    private static final Map<String, Function<JsonNode, Map<String, Object>>> COMPUTED = new TreeMap<>();

    static {
        Stream.of(
                        AgreementCases.ALL,
                        ConsistencyCases.ALL,
                        DriftCases.ALL,
                        HypothesisCases.ALL,
                        RankingCases.ALL,
                        ReliabilityCases.ALL)
                .forEach(COMPUTED::putAll);
    }

    /// Every statistic that a case file may name.
    private static final Set<String> VOCABULARY = Set.of(
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
            "item_disagreement",
            "kendall_u",
            "kendall_w",
            "krippendorff_alpha",
            "krippendorff_alpha_parts",
            "krippendorff_alpha_per_category",
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
            "weighted_kappa_custom",
            "wilson_interval");

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
        CaseValues.requireClose(
                golden.id(),
                json.path("expected"),
                computed,
                json.path("tolerance").asDouble());
        if (json.path("published").isObject() && json.has("published_tolerance")) {
            CaseValues.requireClose(
                    golden.id(),
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
        assertThat(unknown).isEmpty();
    }

    @Test
    void every_statistic_that_a_case_file_may_name_is_computed() {
        assertThat(COMPUTED.keySet()).containsExactlyInAnyOrderElementsOf(VOCABULARY);
    }

    private static Stream<Case> all() throws IOException {
        String folder = System.getProperty("tiebreak.oracles");
        List<Path> files;
        if (folder == null) {
            Path resources = Path.of("src/test/resources");
            files = List.of(resources.resolve("statistics-oracles.json"), resources.resolve("further-oracles.json"));
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
}
