package dev.tiebreak.statistics.hypothesis;

import static dev.tiebreak.statistics.CaseValues.doubles;
import static dev.tiebreak.statistics.CaseValues.matrix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Estimate.Defined;
import dev.tiebreak.statistics.TestResult;
import dev.tiebreak.statistics.TestResult.Tested;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HypothesisTest {
    /// SciPy 1.12 and statsmodels 0.15 (`src/test/scripts/agreement_fixture.py`).
    private static final JsonNode PEERS = JsonMapper.shared()
            .readTree(Path.of("src/test/resources/agreement-peers.json").toFile());

    @Test
    void binomial_tests_and_intervals_are_those_of_scipy() {
        PEERS.path("binomials").forEach(json -> {
            long successes = json.path("successes").asLong();
            long trials = json.path("trials").asLong();
            assertThat(p(BinomialTest.test(successes, trials, json.path("share").asDouble())))
                    .as("%s", json)
                    .isCloseTo(json.path("p").asDouble(), within(1e-10));
            requireLimits(doubles(json.path("exact")), BinomialTest.interval(successes, trials, 0.95));
            requireLimits(doubles(json.path("wilson")), WilsonInterval.of(successes, trials, 0.95));
        });
    }

    private static void requireLimits(double[] expected, Estimate estimate) {
        assertThat(((Defined) estimate).low()).isCloseTo(expected[0], within(1e-10));
        assertThat(((Defined) estimate).high()).isCloseTo(expected[1], within(1e-10));
    }

    @Test
    void the_exact_test_adds_up_all_numbers_that_are_no_likelier() {
        for (int trials : new int[] {1, 2, 7, 20, 41}) {
            for (double share : new double[] {0.02, 0.25, 0.5, 0.77}) {
                var distribution = BinomialDistribution.of(trials, share);
                for (int successes = 0; successes <= trials; successes++) {
                    double p = 0;
                    for (int k = 0; k <= trials; k++) {
                        double ofK = distribution.probability(k);
                        p += ofK <= distribution.probability(successes) * (1 + 1e-7) ? ofK : 0;
                    }
                    assertThat(p(BinomialTest.test(successes, trials, share)))
                            .as("%d of %d at %s", successes, trials, share)
                            .isCloseTo(Math.min(1, p), within(1e-10));
                }
            }
        }
    }

    @Test
    void a_share_of_none_or_of_all_is_refuted_by_a_single_trial() {
        assertThat(p(BinomialTest.test(0, 9, 0))).isEqualTo(1);
        assertThat(p(BinomialTest.test(1, 9, 0))).isEqualTo(0);
        assertThat(p(BinomialTest.test(9, 9, 1))).isEqualTo(1);
        assertThat(p(BinomialTest.test(8, 9, 1))).isEqualTo(0);
    }

    /// Exact, not simulated: every number of successes weighs as likely as it is.
    @Test
    void clopper_pearson_covers_at_least_as_often_as_it_says_and_wilson_does_on_average() {
        double wilson = 0;
        int shares = 0;
        for (double share = 0.05; share < 0.96; share += 0.01) {
            var distribution = BinomialDistribution.of(50, share);
            double exact = 0;
            for (int k = 0; k <= 50; k++) {
                double probability = distribution.probability(k);
                exact += covers(BinomialTest.interval(k, 50, 0.95), share) ? probability : 0;
                wilson += covers(WilsonInterval.of(k, 50, 0.95), share) ? probability : 0;
            }
            assertThat(exact).as("at %s", share).isBetween(0.95, 0.995);
            shares++;
        }
        assertThat(wilson / shares).isBetween(0.945, 0.955);
    }

    private static boolean covers(Estimate estimate, double truth) {
        return estimate instanceof Defined interval && interval.low() <= truth && truth <= interval.high();
    }

    @Test
    void mcnemars_tests_are_those_of_statsmodels() {
        PEERS.path("paired").forEach(json -> {
            long b = json.path("b").asLong();
            long c = json.path("c").asLong();
            requireTest(doubles(json.path("chi2")), McNemar.test(b, c));
            if (b != c) { // statsmodels takes (0 − 1)²; R and we do not correct beyond no difference
                requireTest(doubles(json.path("chi2_cc")), McNemar.corrected(b, c));
            }
            assertThat(p(McNemar.exact(b, c))).isCloseTo(json.path("p_exact").asDouble(), within(1e-12));
        });
        assertThat(p(McNemar.corrected(9, 9))).isEqualTo(1);
    }

    @Test
    void tests_of_margins_are_those_of_statsmodels() {
        PEERS.path("tables").forEach(json -> {
            long[][] table = longs(json.path("table"));
            requireTest(doubles(json.path("margins").path("stuart_maxwell")), MarginalHomogeneity.stuartMaxwell(table));
            requireTest(doubles(json.path("margins").path("bhapkar")), MarginalHomogeneity.bhapkar(table));
        });
    }

    private static void requireTest(double[] expected, TestResult result) {
        assertThat(((Tested) result).statistic()).isCloseTo(expected[0], within(1e-9));
        assertThat(((Tested) result).p()).isCloseTo(expected[1], within(1e-9));
    }

    @Test
    void of_two_categories_stuart_and_maxwell_test_as_mcnemar() {
        assertThat(((Tested) MarginalHomogeneity.stuartMaxwell(new long[][] {{10, 7}, {19, 4}})).statistic())
                .isCloseTo(((Tested) McNemar.test(7, 19)).statistic(), within(1e-12));
    }

    @Test
    void a_category_that_nobody_chose_changes_no_test_of_margins() {
        long[][] table = {{20, 5, 2}, {9, 30, 4}, {3, 8, 25}};
        long[][] wider = {{20, 5, 0, 2}, {9, 30, 0, 4}, {0, 0, 0, 0}, {3, 8, 0, 25}};
        assertThat(MarginalHomogeneity.stuartMaxwell(wider)).isEqualTo(MarginalHomogeneity.stuartMaxwell(table));
        assertThat(MarginalHomogeneity.bhapkar(wider)).isEqualTo(MarginalHomogeneity.bhapkar(table));
    }

    @Test
    void the_order_of_categories_does_not_matter_to_the_margins() {
        long[][] table = {{20, 5, 2}, {9, 30, 4}, {3, 8, 25}};
        long[][] reordered = {{25, 3, 8}, {2, 20, 5}, {4, 9, 30}};
        requireTest(
                new double[] {
                    ((Tested) MarginalHomogeneity.stuartMaxwell(table)).statistic(),
                    p(MarginalHomogeneity.stuartMaxwell(table))
                },
                MarginalHomogeneity.stuartMaxwell(reordered));
    }

    @Test
    void what_cannot_be_tested_has_a_reason() {
        assertThat(BinomialTest.test(0, 0, 0.5)).isInstanceOf(TestResult.Undefined.class);
        assertThat(BinomialTest.interval(0, 0, 0.95)).isInstanceOf(Estimate.Undefined.class);
        assertThat(McNemar.test(0, 0)).isInstanceOf(TestResult.Undefined.class);
        assertThat(McNemar.corrected(0, 0)).isInstanceOf(TestResult.Undefined.class);
        assertThat(McNemar.exact(0, 0)).isInstanceOf(TestResult.Undefined.class);
        assertThat(MarginalHomogeneity.stuartMaxwell(new long[][] {{8, 0}, {0, 0}}))
                .isEqualTo(new TestResult.Undefined(
                        "fewer than two categories were chosen, so that there is nothing to test"));
        // two groups that are never confused with each other
        long[][] apart = {{5, 2, 0, 0}, {4, 6, 0, 0}, {0, 0, 7, 1}, {0, 0, 3, 8}};
        assertThat(MarginalHomogeneity.stuartMaxwell(apart))
                .isInstanceOfSatisfying(
                        TestResult.Undefined.class,
                        undefined -> assertThat(undefined.reason()).contains("never confused"));
    }

    private static long[][] longs(JsonNode rows) {
        return Arrays.stream(matrix(rows))
                .map(row -> Arrays.stream(row).mapToLong(Math::round).toArray())
                .toArray(long[][]::new);
    }

    private static double p(TestResult result) {
        return ((Tested) result).p();
    }
}
