package dev.tiebreak.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Estimate.Defined;
import dev.tiebreak.statistics.Estimate.Undefined;
import dev.tiebreak.statistics.Estimate.WithoutInterval;
import dev.tiebreak.statistics.TestResult;
import dev.tiebreak.statistics.TestResult.Tested;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RatingsAndRankingsTest {
    /// Shrout & Fleiss 1979, table 2.
    private static final double[][] SHROUT_FLEISS = {
        {9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}
    };

    @ParameterizedTest
    @CsvSource({ // R psych::ICC, which prints four digits of these; means by k ρ / (1 + (k − 1) ρ), which stretches the
        // last digit
        "ICC1, -0.1329, 0.7226",
        "ICC2, 0.0188, 0.7611",
        "ICC3, 0.3425, 0.9459",
        "ICC1K, -0.8841, 0.9124",
        "ICC2K, 0.0712, 0.9272",
        "ICC3K, 0.6757, 0.9859"
    })
    void intervals_are_those_of_psych(IntraclassCorrelation form, double low, double high) {
        var interval = (Defined) form.of(SHROUT_FLEISS, 0.95);
        assertThat(interval.low()).isCloseTo(low, within(form.name().endsWith("K") ? 6e-4 : 5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void a_missing_rating_is_refused_by_number_and_dropped_if_asked() {
        double[][] holed = Arrays.stream(SHROUT_FLEISS).map(double[]::clone).toArray(double[][]::new);
        holed[0][1] = Double.NaN;
        holed[0][2] = Double.NaN;
        holed[5][0] = Double.NaN;
        assertThat(IntraclassCorrelation.ICC2.of(holed, 0.95))
                .isEqualTo(new Undefined(
                        "3 of 24 ratings are missing: have them rated, or drop the 2 targets that lack" + " one"));
        assertThat(IntraclassCorrelation.ICC2.of(IntraclassCorrelation.completeTargets(holed), 0.95))
                .isEqualTo(IntraclassCorrelation.ICC2.of(Arrays.copyOfRange(SHROUT_FLEISS, 1, 5), 0.95));
    }

    @ParameterizedTest
    @EnumSource
    void ratings_may_be_shifted_and_stretched(IntraclassCorrelation form) {
        double[][] moved = Arrays.stream(SHROUT_FLEISS)
                .map(row -> Arrays.stream(row).map(x -> 100 + 7 * x).toArray())
                .toArray(double[][]::new);
        var before = (Defined) form.of(SHROUT_FLEISS, 0.95);
        var after = (Defined) form.of(moved, 0.95);
        assertThat(after.value()).isCloseTo(before.value(), within(1e-12));
        assertThat(after.low()).isCloseTo(before.low(), within(1e-9));
        assertThat(after.standardError()).isCloseTo(before.standardError(), within(1e-9));
    }

    @Test
    void what_has_no_variance_has_no_intraclass_correlation() {
        assertThat(IntraclassCorrelation.ICC1.of(new double[][] {{3, 3}, {3, 3}}, 0.95))
                .isInstanceOf(Undefined.class);
        assertThat(IntraclassCorrelation.ICC1.of(new double[][] {{3, 4}}, 0.95)).isInstanceOf(Undefined.class);
        assertThat(IntraclassCorrelation.ICC3K.of(new double[][] {{1, 2}, {1, 2}}, 0.95))
                .isInstanceOf(Undefined.class);
        assertThat(IntraclassCorrelation.ICC3.of(new double[][] {{1, 2}, {2, 3}, {5, 6}}, 0.95))
                .isInstanceOf(WithoutInterval.class);
    }

    @Test
    void concordance_is_one_where_all_rank_alike_and_none_where_two_are_opposite() {
        double[][] alike = {{1, 10}, {2, 20}, {3, 30}, {4, 40}};
        double[][] opposite = {{1, 4}, {2, 3}, {3, 2}, {4, 1}};
        assertThat(value(KendallW.of(alike))).isCloseTo(1, within(1e-12));
        assertThat(value(KendallW.of(opposite))).isCloseTo(0, within(1e-12));
        assertThat(KendallW.of(new double[][] {{1, 1}, {1, 1}})).isInstanceOf(Undefined.class);
        assertThat(KendallW.of(new double[][] {{1}, {2}})).isInstanceOf(Undefined.class);
        assertThat(KendallW.test(new double[][] {{1}, {2}})).isInstanceOf(TestResult.Undefined.class);
    }

    @Test
    void concordance_is_the_mean_spearman_correlation_drawn_together() {
        // without ties W = (ρ̄ (m − 1) + 1) / m (Kendall & Gibbons 1990, 6.4)
        double[][] ratings = {{1, 2, 5}, {4, 1, 2}, {3, 5, 1}, {2, 3, 4}, {5, 4, 3}};
        double sum = 0;
        for (int g = 0; g < 3; g++) {
            for (int h = 0; h < g; h++) {
                sum += value(SpearmanCorrelation.of(column(ratings, g), column(ratings, h)));
            }
        }
        assertThat(value(KendallW.of(ratings))).isCloseTo((sum / 3 * 2 + 1) / 3, within(1e-12));
    }

    private static double[] column(double[][] rows, int column) {
        return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
    }

    @Test
    void spearmans_exact_test_counts_all_orders() {
        double[] x = {44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1};
        double[] y = {2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8};
        var test = (Tested) SpearmanCorrelation.test(x, y);
        assertThat(test.statistic()).isEqualTo(48); // R cor.test: S = 48, p-value = 0.0968
        assertThat(test.p()).isCloseTo(0.0968, within(5e-5));
        // of the 6 orders of three, 2 are as far from the middle as the same one
        assertThat(((Tested) SpearmanCorrelation.test(new double[] {1, 2, 3}, new double[] {1, 2, 3})).p())
                .isCloseTo(2 / 6.0, within(1e-12));
    }

    @Test
    void tau_without_ties_has_the_exact_distribution_of_few() {
        // of the 24 orders of four, one is the same and one opposite
        double[] four = {1, 2, 3, 4};
        assertThat(((Tested) KendallTau.test(four, four)).p()).isCloseTo(2 / 24.0, within(1e-12));
        assertThat(value(KendallTau.of(four, new double[] {4, 3, 2, 1}))).isEqualTo(-1);
    }

    @Test
    void rankings_that_tie_everything_have_a_reason() {
        double[] tied = {2, 2, 2};
        double[] ranked = {1, 2, 3};
        assertThat(KendallTau.of(tied, ranked)).isInstanceOf(Undefined.class);
        assertThat(KendallTau.test(tied, ranked)).isInstanceOf(TestResult.Undefined.class);
        assertThat(SpearmanCorrelation.of(tied, ranked)).isInstanceOf(Undefined.class);
        assertThat(SpearmanCorrelation.test(tied, ranked)).isInstanceOf(TestResult.Undefined.class);
        assertThat(KendallTau.of(new double[] {1}, new double[] {1})).isInstanceOf(Undefined.class);
        assertThat(Footrule.of(new double[] {1}, new double[] {1})).isInstanceOf(Undefined.class);
    }

    @Test
    void the_footrule_runs_from_the_same_ranking_to_the_opposite() {
        for (int n : new int[] {2, 5, 8}) {
            double[] up = IntStream.range(0, n).asDoubleStream().toArray();
            double[] down = IntStream.range(0, n).mapToDouble(i -> -i).toArray();
            assertThat(value(Footrule.of(up, up))).isZero();
            assertThat(value(Footrule.of(up, down))).isEqualTo(1);
        }
    }

    @Test
    void ties_share_the_mean_of_their_ranks() {
        assertThat(MidRanks.of(5, 1, 5, 3, 5)).containsExactly(4, 1, 4, 2, 4);
        assertThat(MidRanks.ties(5, 1, 5, 3, 5)).containsExactly(1, 1, 3);
    }

    private static double value(Estimate estimate) {
        return estimate.point().orElseThrow();
    }
}
