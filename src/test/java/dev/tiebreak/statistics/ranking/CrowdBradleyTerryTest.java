package dev.tiebreak.statistics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.ranking.CrowdBradleyTerry.Fit;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class CrowdBradleyTerryTest {
    private static final double[] RELIABILITY = {0.95, 0.95, 0.9, 0.9, 0.9, 0.5, 0.5, 0.5, 0.08, 0.08};
    private static final int ITEMS = 12;

    private static double score(int item) {
        return 0.6 * (item - (ITEMS - 1) / 2.0);
    }

    private static ComparisonRows simulated(long seed, double[] reliability, int each) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        ComparisonRows.Builder rows = ComparisonRows.builder();
        for (int annotator = 0; annotator < reliability.length; annotator++) {
            for (int i = 0; i < each; i++) {
                int left = random.nextInt(ITEMS);
                int right = (left + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
                boolean wins = random.nextDouble() < 1 / (1 + Math.exp(score(right) - score(left)));
                boolean told = random.nextDouble() < reliability[annotator] == wins;
                rows.add(left, right, told ? Outcome.LEFT : Outcome.RIGHT, annotator);
            }
        }
        return rows.build();
    }

    private static Fit fit(ComparisonRows rows) {
        return (Fit) CrowdBradleyTerry.usual().of(rows);
    }

    /// Central differences with h = 1e-5 leave errors of about h² = 1e-10, times a few hundred rows.
    @Test
    void the_gradient_is_that_of_finite_differences_for_every_item_and_every_annotator() {
        ComparisonRows.Builder rows = ComparisonRows.builder();
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(2L);
        for (int i = 0; i < 60; i++) {
            int left = random.nextInt(5);
            int right = (left + 1 + random.nextInt(4)) % 5;
            rows.weighted(1 + random.nextInt(3), left, right, Outcome.values()[random.nextInt(3)], random.nextInt(4));
        }
        var objective = new CrowdObjective(rows.build(), 0.7, 1.5, 0.8);
        double[] point = {0.4, -1.1, 0.2, 0.9, -0.3, 1.2, -0.6, 0.1, 2.1};
        assertThat(point).hasSize(objective.parameters());
        double[] gradient = new double[point.length];
        objective.at(point, gradient);
        double h = 1e-5;
        for (int i = 0; i < point.length; i++) {
            double[] above = point.clone();
            double[] below = point.clone();
            above[i] += h;
            below[i] -= h;
            double slope =
                    (objective.at(above, new double[point.length]) - objective.at(below, new double[point.length]))
                            / (2 * h);
            assertThat(gradient[i]).as("parameter %d", i).isCloseTo(slope, within(1e-7));
        }
    }

    @Test
    void spammers_and_adversaries_are_found_and_scores_recovered() {
        Fit fit = fit(simulated(5, RELIABILITY, 150));
        for (int annotator = 0; annotator < RELIABILITY.length; annotator++) {
            // 150 judgments with mean win probability about 0.8 leave a standard error of about 0.07
            assertThat(fit.reliability()[annotator])
                    .as("annotator %d", annotator)
                    .isCloseTo(RELIABILITY[annotator], within(0.2));
        }
        double[] truth = IntStream.range(0, ITEMS)
                .mapToDouble(CrowdBradleyTerryTest::score)
                .toArray();
        assertThat(correlation(fit.scores(), truth)).isGreaterThan(0.97);
        // who trusts everybody alike ends further from the truth
        var trusting = (PlackettLuce.Fit) new PlackettLuce(0.5)
                .of(Rankings.ofPairs(simulated(5, RELIABILITY, 150).counts()));
        assertThat(distance(fit.scores(), truth)).isLessThan(distance(trusting.logWorths(), truth));
    }

    @Test
    void of_the_two_mirrored_answers_the_one_that_trusts_more_judgments_is_given() {
        double[] mostlyTurned = {0.05, 0.05, 0.1, 0.95};
        Fit fit = fit(simulated(6, mostlyTurned, 200));
        // nobody can tell that three of four turn round: the majority is taken at its word, scores come out mirrored
        assertThat(fit.reliability()[0]).isGreaterThan(0.8);
        assertThat(fit.reliability()[3]).isLessThan(0.2);
        assertThat(fit.scores()[0]).isGreaterThan(fit.scores()[ITEMS - 1]);
    }

    @Test
    void reliabilities_of_one_are_bradley_terry_with_a_ghost() {
        double[] perfect = {1, 1, 1};
        ComparisonRows rows = simulated(7, perfect, 120);
        var certain = (Fit) new CrowdBradleyTerry(0.5, 1e7, 1e-3).of(rows);
        double[] expected = ((PlackettLuce.Fit) new PlackettLuce(0.5).of(Rankings.ofPairs(rows.counts()))).logWorths();
        double mean = Arrays.stream(certain.scores()).average().orElseThrow();
        assertThat(Arrays.stream(certain.scores()).map(score -> score - mean).toArray())
                .containsExactly(expected, within(1e-4));
    }

    @Test
    void unknown_annotators_and_no_comparisons_are_refused() {
        assertThat(CrowdBradleyTerry.usual().of(ComparisonRows.builder().build()))
                .isInstanceOf(CrowdBradleyTerry.Undefined.class);
        assertThat(CrowdBradleyTerry.usual()
                        .of(ComparisonRows.builder().add(0, 1, Outcome.LEFT).build()))
                .isInstanceOfSatisfying(
                        CrowdBradleyTerry.Undefined.class,
                        undefined -> assertThat(undefined.reason()).contains("who judged"));
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    private static double distance(double[] x, double[] y) {
        double mean = Arrays.stream(x).average().orElseThrow();
        return Math.sqrt(IntStream.range(0, x.length)
                .mapToDouble(i -> (x[i] - mean - y[i]) * (x[i] - mean - y[i]))
                .average()
                .orElseThrow());
    }
}
