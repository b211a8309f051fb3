package dev.tiebreak.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class DriftTest {
    /// Montgomery, *Introduction to Statistical Quality Control*, table 9.1: 20 values of N(10, 1), then 10 of
    /// N(11, 1).
    private static final double[] MONTGOMERY = {
        9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08, 9.37, 10.62,
        10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52
    };

    @Test
    void cusum_tells_when_montgomerys_change_began() {
        CusumChart.Sums sums = new CusumChart(10, 0.5, 5).of(MONTGOMERY);
        assertThat(sums.firstAlarm()).hasValue(29);
        // printed in table 9.3: N+ = 7 at sample 29, so that the change came between samples 22 and 23
        assertThat(sums.lastBeforeChange()).hasValue(22);
    }

    @Test
    void a_change_begins_where_the_sum_left_zero_however_little() {
        var chart = new CusumChart(0, 0.5, 1);
        assertThat(chart.of(0, 0.6, 0.7, 2).lastBeforeChange()).hasValue(1);
        assertThat(chart.of(-3).lastBeforeChange()).hasValue(0);
        assertThat(chart.of(0, 1).lastBeforeChange()).isEmpty();
    }

    @Test
    void ewma_is_montgomerys_table() {
        var chart = new EwmaChart(0.1, 2.7, 1, 10).of(MONTGOMERY);
        // the recursion by hand, 0.1 x + 0.9 z from 10; limits as printed in example 9.2
        assertThat(Arrays.copyOf(chart.average(), 6))
                .containsExactly(new double[] {9.945, 9.7495, 9.70355, 9.8992, 10.1253, 10.1307}, within(5e-5));
        assertThat(chart.upper()[0]).isCloseTo(10.27, within(1e-12));
        assertThat(chart.upper()[1]).isCloseTo(10.36, within(5e-3));
        assertThat(chart.upper()[29]).isCloseTo(10.62, within(5e-3));
        assertThat(chart.lower()[29]).isCloseTo(9.38, within(5e-3));
        assertThat(chart.alarms()).containsExactly(29, 30);
    }

    @Test
    void charts_do_not_care_where_zero_lies_or_how_large_a_unit_is() {
        double[] moved = DoubleStream.of(MONTGOMERY).map(x -> 3 * x - 40).toArray();
        assertThat(CusumChart.ofDeviations(-10, 3, 0.5, 5).of(moved).firstAlarm())
                .hasValue(29);
        assertThat(new EwmaChart(0.1, 2.7, 3, -10).of(moved).alarms())
                .isEqualTo(new EwmaChart(0.1, 2.7, 1, 10).of(MONTGOMERY).alarms());
    }

    @Test
    void a_mirrored_shift_is_found_by_the_other_sum() {
        double[] mirrored = DoubleStream.of(MONTGOMERY).map(x -> 20 - x).toArray();
        CusumChart.Sums sums = new CusumChart(10, 0.5, 5).of(MONTGOMERY);
        CusumChart.Sums other = new CusumChart(10, 0.5, 5).of(mirrored);
        assertThat(other.below()).containsExactly(sums.above(), within(1e-12));
        assertThat(other.above()).containsExactly(sums.below(), within(1e-12));
        assertThat(other.firstAlarm()).isEqualTo(sums.firstAlarm());
    }

    /// Montgomery, §9.1.3: with k = ½ and h = 5 a steady process waits 465 values for a false alarm, and one
    /// shifted by one standard deviation 10.4 values. 400 runs of about exponential length leave 5 % of the
    /// first uncertain.
    @Test
    void alarms_come_as_seldom_and_as_soon_as_printed() {
        var chart = new CusumChart(0, 0.5, 5);
        assertThat(meanWait(chart, 0, 4_000, 1)).isCloseTo(465, within(60.0));
        assertThat(meanWait(chart, 1, 200, 2)).isCloseTo(10.4, within(0.8));
    }

    private static double meanWait(CusumChart chart, double shift, int longest, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        var normal = ZigguratSampler.NormalizedGaussian.of(random);
        return IntStream.range(0, 400)
                .map(_ -> chart.of(normal.samples(longest).map(x -> x + shift).toArray())
                        .firstAlarm()
                        .orElse(longest))
                .average()
                .orElseThrow();
    }

    @Test
    void a_p_chart_gives_each_batch_the_limits_of_its_size() {
        var limits = (PChart.Limits) PChart.of(new long[] {12, 8, 30, 1}, new long[] {100, 80, 100, 20});
        double centre = 51.0 / 300;
        assertThat(limits.centre()).isEqualTo(centre);
        assertThat(limits.upper()[1]).isCloseTo(centre + 3 * Math.sqrt(centre * (1 - centre) / 80), within(1e-15));
        assertThat(limits.lower()[3]).isZero();
        assertThat(limits.out()).containsExactly(3);
    }

    @Test
    void an_annotator_whose_gold_accuracy_falls_is_found_by_all_three_charts() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(4L);
        boolean[] right = new boolean[600];
        for (int answer = 0; answer < right.length; answer++) {
            right[answer] = random.nextDouble() < (answer < 400 ? 0.9 : 0.6);
        }
        GoldBatches batches = GoldBatches.of(right, 20);
        var shares = (PChart.Limits) PChart.around(0.1, batches.misses(), batches.sizes());
        assertThat(shares.out()).isNotEmpty();
        assertThat(shares.out()[0]).isGreaterThan(20);
        double[] values = batches.standardised(0.9);
        assertThat(new CusumChart(0, 0.5, 5).of(values).firstAlarm().orElseThrow())
                .isBetween(21, 24);
        assertThat(new EwmaChart(0.1, 2.7, 1, 0).of(values).alarms()[0]).isBetween(21, 24);
    }

    @Test
    void a_rest_joins_the_last_batch() {
        GoldBatches batches = GoldBatches.of(new boolean[] {true, false, true, true, false}, 2);
        assertThat(batches.sizes()).containsExactly(2, 3);
        assertThat(batches.misses()).containsExactly(1, 1);
        assertThat(GoldBatches.of(new boolean[] {false}, 4).sizes()).containsExactly(1);
    }

    @Test
    void nothing_to_chart_is_said() {
        assertThat(PChart.of(new long[0], new long[0])).isInstanceOf(PChart.Undefined.class);
        assertThat(MovingRange.sigma(3)).isInstanceOf(Estimate.Undefined.class);
        assertThat(MovingRange.sigma(3, 3, 3)).isInstanceOf(Estimate.Undefined.class);
        assertThat(new CusumChart(0, 0.5, 5).of().firstAlarm()).isEmpty();
        assertThatThrownBy(() -> new CusumChart(0, 0.5, 5).of(1, Double.NaN)).hasMessageContaining("value 2");
    }
}
