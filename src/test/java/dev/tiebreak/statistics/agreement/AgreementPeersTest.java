package dev.tiebreak.statistics.agreement;

import static dev.tiebreak.statistics.CaseValues.doubles;
import static dev.tiebreak.statistics.CaseValues.matrix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.TestResult.Tested;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What irrCAC 0.4.4, SciPy 1.12 and statsmodels 0.15 say of random tables (`src/test/scripts/agreement_fixture.py`).
class AgreementPeersTest {
    private static final JsonNode PEERS = JsonMapper.shared()
            .readTree(Path.of("src/test/resources/agreement-peers.json").toFile());

    /// irrCAC prints what it was asked for, 12 digits.
    private static final double DIGITS = 1e-10;

    private static Map<String, Weights> weights(double[] scale) {
        return Map.of(
                "identity", Weights.identity(),
                "linear", Weights.linear(scale),
                "quadratic", Weights.quadratic(scale),
                "ordinal", Weights.ordinal(),
                "radical", Weights.radical(scale),
                "ratio", Weights.ratio(scale),
                "circular", Weights.circular(scale),
                "bipolar", Weights.bipolar(scale));
    }

    @Test
    void coefficients_with_every_kind_of_weights_are_those_of_irrcac() {
        PEERS.path("studies").forEach(study -> {
            CaseRatings ratings = CaseRatings.read(study);
            weights(ratings.scale()).forEach((name, weights) -> {
                JsonNode expected = study.path("expected").path(name);
                requireSame(name, FleissKappa.weighted(weights), ratings, expected.path("fleiss"));
                requireSame(name, GwetAc.ac2(weights), ratings, expected.path("gwet"));
                requireSame(name, BrennanPrediger.weighted(weights), ratings, expected.path("bp"));
                assertThat(value(CongerKappa.weighted(weights).of(ratings.labels(), 0.95)))
                        .as("conger, %s", name)
                        .isCloseTo(expected.path("conger").path(0).asDouble(), within(DIGITS));
            });
        });
    }

    private static void requireSame(String name, ChanceCorrected ours, CaseRatings ratings, JsonNode expected) {
        assertThat(value(ours.of(ratings.counts())))
                .as(name)
                .isCloseTo(expected.path(0).asDouble(), within(DIGITS));
        assertThat(ours.publishedStandardError(ratings.counts()).orElseThrow())
                .as(name)
                .isCloseTo(expected.path(1).asDouble(), within(DIGITS));
    }

    @Test
    void standard_errors_of_intervals_are_the_published_ones_where_every_item_has_two_labels() {
        JsonNode study = PEERS.path("studies").path(0);
        CaseRatings ratings = CaseRatings.read(study);
        weights(ratings.scale()).forEach((name, weights) -> {
            JsonNode expected = study.path("expected").path(name);
            requireError(expected.path("fleiss"), FleissKappa.weighted(weights).of(ratings.counts(), 0.95));
            requireError(expected.path("gwet"), GwetAc.ac2(weights).of(ratings.counts(), 0.95));
            requireError(expected.path("bp"), BrennanPrediger.weighted(weights).of(ratings.counts(), 0.95));
            requireError(expected.path("conger"), CongerKappa.weighted(weights).of(ratings.labels(), 0.95));
        });
    }

    private static void requireError(JsonNode expected, Estimate estimate) {
        assertThat(((Estimate.Defined) estimate).standardError())
                .isCloseTo(expected.path(1).asDouble(), within(DIGITS));
    }

    @Test
    void alpha_with_given_distances_has_the_value_and_the_standard_error_of_irrcac() {
        PEERS.path("studies").forEach(study -> {
            CaseRatings ratings = CaseRatings.read(study);
            weights(ratings.scale()).forEach((name, weights) -> {
                double[][] agreement = weights.matrix(ratings.scale().length);
                double[][] distances = Arrays.stream(agreement)
                        .map(row -> Arrays.stream(row).map(cell -> 1 - cell).toArray())
                        .toArray(double[][]::new);
                Estimate alpha =
                        KrippendorffAlpha.with(new Distance.Custom(distances)).of(ratings.counts(), 0.95);
                JsonNode expected = study.path("expected").path(name).path("alpha");
                assertThat(value(alpha)).as(name).isCloseTo(expected.path(0).asDouble(), within(DIGITS));
                // where numbers of labels vary, irrCAC centres them at the corrected p_a, in the third digit: not the
                // derivative, whose items add up to 0
                double error = expected.path(1).asDouble();
                assertThat(((Estimate.Defined) alpha).standardError())
                        .as(name)
                        .isCloseTo(error, within(ratings.labels().size() == 160 ? DIGITS : error / 500));
            });
        });
    }

    @Test
    void kappa_and_its_standard_error_are_those_of_statsmodels() {
        PEERS.path("tables").forEach(json -> {
            TwoRaterTable table = table(json.path("table"));
            double[] scale = new double[table.categories()];
            Arrays.setAll(scale, c -> c);
            Map.of(
                            "unweighted", Weights.identity(),
                            "linear", Weights.linear(scale),
                            "quadratic", Weights.quadratic(scale))
                    .forEach((name, weights) -> {
                        var kappa =
                                (Estimate.Defined) CohenKappa.weighted(weights).of(table, 0.95);
                        double[] expected = doubles(json.path("kappa").path(name));
                        assertThat(kappa.value()).as(name).isCloseTo(expected[0], within(1e-12));
                        assertThat(kappa.standardError()).as(name).isCloseTo(expected[1], within(1e-12));
                    });
        });
    }

    @Test
    void tables_of_two_annotators_have_the_standard_errors_that_irrcac_prints_for_them() {
        TwoRaterTable table = TwoRaterTable.of(new long[][] {{13, 0, 0}, {0, 20, 7}, {0, 4, 56}});
        // R irrCAC, cont3x3abstractors; ten digits are printed
        List.of(
                        Map.entry(CohenKappa.unweighted().of(table, 0.95), 0.05891071833),
                        Map.entry(ScottPi.of(table, 0.95), 0.05905473331),
                        Map.entry(GwetAc.ac1().of(table, 0.95), 0.04321746752),
                        Map.entry(BrennanPrediger.unweighted().of(table, 0.95), 0.04693346354),
                        Map.entry(KrippendorffAlpha.nominal().of(table, 0.95), 0.05905473331))
                .forEach(entry -> assertThat(((Estimate.Defined) entry.getKey()).standardError())
                        .isCloseTo(entry.getValue(), within(1e-10)));
    }

    @Test
    void rank_correlations_and_their_tests_are_those_of_scipy() {
        PEERS.path("rankings").forEach(json -> {
            double[] x = doubles(json.path("x"));
            double[] y = doubles(json.path("y"));
            assertThat(value(KendallTau.of(x, y))).isCloseTo(json.path("tau").asDouble(), within(1e-12));
            assertThat(value(SpearmanCorrelation.of(x, y)))
                    .isCloseTo(json.path("rho").asDouble(), within(1e-12));
            assertThat(((Tested) KendallTau.test(x, y)).p())
                    .isCloseTo(json.path("p_tau").asDouble(), within(1e-12));
            if (x.length > 9) { // t beyond 9 items here, at once in SciPy
                assertThat(((Tested) SpearmanCorrelation.test(x, y)).p())
                        .isCloseTo(json.path("p_rho").asDouble(), within(1e-12));
            }
        });
    }

    @Test
    void friedmans_test_is_that_of_scipy() {
        JsonNode json = PEERS.path("friedman");
        var test = (Tested) Friedman.test(matrix(json.path("blocks")));
        assertThat(test.statistic()).isCloseTo(json.path("chi2").asDouble(), within(1e-10));
        assertThat(test.p()).isCloseTo(json.path("p").asDouble(), within(1e-10));
    }

    static TwoRaterTable table(JsonNode rows) {
        return TwoRaterTable.of(Arrays.stream(matrix(rows))
                .map(row -> Arrays.stream(row).mapToLong(Math::round).toArray())
                .toArray(long[][]::new));
    }

    private static double value(Estimate estimate) {
        return estimate.point().orElseThrow();
    }
}
