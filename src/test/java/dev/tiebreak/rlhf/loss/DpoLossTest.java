package dev.tiebreak.rlhf.loss;

import static dev.tiebreak.rlhf.loss.BradleyTerryLossTest.mean;
import static dev.tiebreak.rlhf.loss.BradleyTerryLossTest.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Worked numbers: the training specification's W3 and W4, recomputed there in float64 from TRL's formulae.
class DpoLossTest {
    private static final PairLogProbs W3 = new PairLogProbs(
            new double[] {-12}, new double[] {-15}, new double[] {-13}, new double[] {-14}, new int[] {8}, new int[] {10
            });

    private static final PairLogProbs W4 = new PairLogProbs(
            new double[] {-12, -20},
            new double[] {-15, -18},
            new double[] {-13, -19},
            new double[] {-14, -19.5},
            new int[] {8, 8},
            new int[] {10, 10});

    @ParameterizedTest
    @CsvSource({
        "sigmoid, 0,   0.59813887",
        "sigmoid, 0.1, 0.61813887",
        "robust,  0.1, 0.57313887",
        "hinge,   0,   0.80000000",
        "ipo,     0,  22.80062500"
    })
    void one_pair_costs_what_the_worked_example_says(String name, double smoothing, double expected) {
        assertThat(DpoLoss.named(name, 0.1, smoothing).of(W3).values()[0]).isCloseTo(expected, within(5e-9));
    }

    @Test
    void a_batch_of_two_costs_what_the_worked_example_says() {
        assertThat(mean(DpoLoss.named("sigmoid", 0.1, 0).of(W4).values())).isCloseTo(0.71203914, within(5e-9));
    }

    @Test
    void the_sigmoid_loss_pulls_as_hard_as_the_worked_example_says() {
        PairLosses losses = DpoLoss.named("sigmoid", 0.1, 0).of(W3);
        assertThat(losses.byChosen()[0]).isCloseTo(-0.04501660, within(5e-9));
        assertThat(losses.byRejected()[0]).isCloseTo(0.04501660, within(5e-9));
    }

    @ParameterizedTest
    @CsvSource({"sigmoid, 0", "sigmoid, 0.2", "robust, 0.2", "hinge, 0", "ipo, 0"})
    void derivatives_agree_with_finite_differences(String name, double smoothing) {
        DpoLoss loss = DpoLoss.named(name, 0.1, smoothing);
        PairLosses exact = loss.of(W4);
        double h = 1e-6;
        for (int i = 0; i < 2; i++) {
            double byChosen =
                    (loss.of(with(moved(W4.chosen(), i, h), W4.rejected())).values()[i]
                                    - loss.of(with(moved(W4.chosen(), i, -h), W4.rejected()))
                                            .values()[i])
                            / (2 * h);
            double byRejected =
                    (loss.of(with(W4.chosen(), moved(W4.rejected(), i, h))).values()[i]
                                    - loss.of(with(W4.chosen(), moved(W4.rejected(), i, -h)))
                                            .values()[i])
                            / (2 * h);
            assertThat(exact.byChosen()[i]).isCloseTo(byChosen, within(1e-7));
            assertThat(exact.byRejected()[i]).isCloseTo(byRejected, within(1e-7));
        }
    }

    @Test
    void conservative_dpo_rests_where_the_margin_equals_the_logit_of_the_trust_in_the_label() {
        double rest = 2.19722458 / 0.1; // logit(0.9) / β
        var pairs = new PairLogProbs(
                new double[] {rest}, new double[] {0}, new double[1], new double[1], new int[] {1}, new int[] {1});
        assertThat(DpoLoss.named("sigmoid", 0.1, 0.1).of(pairs).byChosen()[0]).isCloseTo(0, within(1e-9));
    }

    @Test
    void an_unknown_loss_is_answered_with_the_known_ones() {
        assertThatThrownBy(() -> DpoLoss.named("sigmod", 0.1, 0))
                .hasMessage("loss_type 'sigmod' is unknown; known are sigmoid, robust, hinge, ipo");
    }

    private static PairLogProbs with(double[] chosen, double[] rejected) {
        return new PairLogProbs(
                chosen,
                rejected,
                W4.referenceChosen(),
                W4.referenceRejected(),
                W4.chosenLengths(),
                W4.rejectedLengths());
    }
}
