package dev.tiebreak.rlhf.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Worked numbers: the training specification's W1, recomputed there in float64 from TRL's formulae.
class BradleyTerryLossTest {
    private static final double[] CHOSEN = {1.2, 0.3, -0.5};
    private static final double[] REJECTED = {0.2, 0.8, -0.5};
    private static final double[] NO_MARGIN = new double[3];

    @Test
    void each_pair_costs_what_the_worked_example_says() {
        double[] losses =
                new BradleyTerryLoss(0, 0).of(CHOSEN, REJECTED, NO_MARGIN).values();
        assertThat(losses).containsExactly(new double[] {0.31326169, 0.97407698, 0.69314718}, within(5e-9));
        assertThat(mean(losses)).isCloseTo(0.66016195, within(5e-9));
    }

    @Test
    void margins_centering_and_smoothing_cost_what_the_worked_example_says() {
        double[] margins = {1, 1.0 / 3, 0};
        assertThat(mean(new BradleyTerryLoss(0, 0).of(CHOSEN, REJECTED, margins).values()))
                .isCloseTo(0.86017084, within(5e-9));
        assertThat(mean(new BradleyTerryLoss(0.01, 0)
                        .of(CHOSEN, REJECTED, NO_MARGIN)
                        .values()))
                .isCloseTo(0.67406195, within(5e-9));
        assertThat(mean(new BradleyTerryLoss(0, 0.1)
                        .of(CHOSEN, REJECTED, NO_MARGIN)
                        .values()))
                .isCloseTo(0.67682862, within(5e-9));
    }

    @Test
    void a_soft_label_of_70_percent_costs_what_the_worked_example_says() {
        double[] d = {1};
        double[] zero = {0};
        assertThat(new BradleyTerryLoss(0, 0)
                        .withSoftLabels(d, zero, zero, new double[] {0.7})
                        .values()[0])
                .isCloseTo(0.61326169, within(5e-9));
    }

    @Test
    void derivatives_agree_with_finite_differences() {
        var loss = new BradleyTerryLoss(0.01, 0.1);
        double[] margins = {1, 1.0 / 3, 0};
        PairLosses exact = loss.of(CHOSEN, REJECTED, margins);
        double h = 1e-6;
        for (int i = 0; i < 3; i++) {
            double byChosen = (loss.of(moved(CHOSEN, i, h), REJECTED, margins).values()[i]
                            - loss.of(moved(CHOSEN, i, -h), REJECTED, margins).values()[i])
                    / (2 * h);
            double byRejected = (loss.of(CHOSEN, moved(REJECTED, i, h), margins).values()[i]
                            - loss.of(CHOSEN, moved(REJECTED, i, -h), margins).values()[i])
                    / (2 * h);
            assertThat(exact.byChosen()[i]).isCloseTo(byChosen, within(1e-8));
            assertThat(exact.byRejected()[i]).isCloseTo(byRejected, within(1e-8));
        }
    }

    @Test
    void scores_far_apart_stay_finite() {
        double[] far = {1e4};
        double[] none = {0};
        assertThat(new BradleyTerryLoss(0, 0).of(none, far, none).values()[0]).isEqualTo(1e4);
        assertThat(new BradleyTerryLoss(0, 0).of(far, none, none).values()[0]).isZero();
    }

    @Test
    void half_of_the_labels_cannot_be_wrong() {
        assertThatThrownBy(() -> new BradleyTerryLoss(0, 0.5))
                .hasMessage("label_smoothing must be in [0, 0.5), is 0.5");
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    static double[] moved(double[] values, int at, double by) {
        double[] copy = values.clone();
        copy[at] += by;
        return copy;
    }
}
