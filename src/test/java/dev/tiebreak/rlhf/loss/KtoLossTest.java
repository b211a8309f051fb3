package dev.tiebreak.rlhf.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Worked numbers: the training specification's W6.
class KtoLossTest {
    @ParameterizedTest
    @CsvSource({
        "1,   true,  1,    0.48500450",
        "-1,  false, 1,    0.46505705",
        "0.2, true,  1,    0.50499983",
        "-1,  false, 1.33, 0.61852588"
    })
    void a_completion_costs_what_the_worked_example_says(
            double ratio, boolean desirable, double undesirableWeight, double expected) {
        assertThat(new KtoLoss(0.1, 1, undesirableWeight).value(ratio, 0.4, desirable))
                .isCloseTo(expected, within(1e-8));
    }

    @Test
    void the_mean_of_three_is_the_worked_examples() {
        var loss = new KtoLoss(0.1, 1, 1.33);
        double sum = loss.value(1, 0.4, true) + loss.value(-1, 0.4, false) + loss.value(0.2, 0.4, true);
        assertThat(sum / 3).isCloseTo(0.53617674, within(5e-9));
    }

    @Test
    void the_drift_is_a_mean_that_is_never_below_zero() {
        assertThat(KtoLoss.drift(new double[] {0.5, 1.5, -0.5})).isEqualTo(0.5);
        assertThat(KtoLoss.drift(new double[] {-3, 1})).isZero();
        assertThat(KtoLoss.drift(new double[0])).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1.5, true", "-0.7, true", "2, false", "-4, false"})
    void derivatives_agree_with_finite_differences(double ratio, boolean desirable) {
        var loss = new KtoLoss(0.6, 1.1, 1.3);
        double h = 1e-6;
        double expected = (loss.value(ratio + h, 0.2, desirable) - loss.value(ratio - h, 0.2, desirable)) / (2 * h);
        assertThat(loss.slope(ratio, 0.2, desirable)).isCloseTo(expected, within(1e-8));
    }
}
