package dev.tiebreak.rlhf.loss;

import static dev.tiebreak.rlhf.loss.BradleyTerryLossTest.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.rlhf.loss.DpoLoss.Parameters;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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

    /// Four pairs near which no curve has a corner, and no two pairs are equal.
    private static final PairLogProbs FOUR = new PairLogProbs(
            new double[] {-12, -20, -7.5, -3.25},
            new double[] {-15, -18, -9.25, -2.75},
            new double[] {-13, -19, -8, -4},
            new double[] {-14, -19.5, -8.75, -2.5},
            new int[] {8, 9, 3, 2},
            new int[] {10, 7, 4, 1},
            new double[] {1, 2, 0, 3});

    @ParameterizedTest
    @CsvSource({
        "sigmoid,      0,     0.59813887",
        "sigmoid,      0.1,   0.61813887",
        "robust,       0.1,   0.57313887",
        "hinge,        0,     0.80000000",
        "ipo,          0,    22.80062500",
        "ipo_sum,      0,     9.00000000",
        "sigmoid_norm, 0,     0.68196046",
        "exo_pair,     0.001, 2.42201462",
        "nca_pair,     0,     1.33879332",
        "bco_pair,     0,     1.28879332",
        "sppo_hard,    0,    32.00000000",
        "apo_zero,     0,     0.95004163",
        "apo_down,     0,     0.97514519",
        "discopop,     0,     0.81476314"
    })
    void one_pair_costs_what_the_worked_example_says(String name, double smoothing, double expected) {
        assertThat(loss(name, smoothing).of(W3).values()[0]).isCloseTo(expected, within(5e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "forward_kl,       0.58251671",
        "js_divergence,    0.64439666",
        "alpha_divergence, 0.59434912",
        "reverse_kl,       0.59813887"
    })
    void other_divergences_cost_what_the_worked_example_says(String name, double expected) {
        var parameters = new Parameters(0.1, 0, Divergence.named(name, 0.5), 0.05, 0);
        assertThat(DpoLoss.named("sigmoid", parameters).of(W3).values()[0]).isCloseTo(expected, within(5e-9));
    }

    @Test
    void an_annotated_strength_asks_for_a_wider_lead() {
        var parameters = new Parameters(0.1, 0, new Divergence.ReverseKl(), 0.05, 0.25);
        var strong = new PairLogProbs(
                W3.chosen(),
                W3.rejected(),
                W3.referenceChosen(),
                W3.referenceRejected(),
                W3.chosenLengths(),
                W3.rejectedLengths(),
                new double[] {2});
        assertThat(DpoLoss.named("sigmoid", parameters).of(strong).values()[0]).isCloseTo(0.85435524, within(5e-9));
    }

    @ParameterizedTest
    @CsvSource({"sigmoid, 0.71203914", "aot, 0.71203914", "aot_unpaired, 0.70580341"})
    void a_batch_of_two_costs_what_the_worked_example_says(String name, double expected) {
        assertThat(mean(loss(name, 0).of(W4).values())).isCloseTo(expected, within(5e-9));
    }

    @Test
    void the_sigmoid_loss_pulls_as_hard_as_the_worked_example_says() {
        PairLosses losses = loss("sigmoid", 0).of(W3);
        assertThat(losses.byChosen()[0]).isCloseTo(-0.04501660, within(5e-9));
        assertThat(losses.byRejected()[0]).isCloseTo(0.04501660, within(5e-9));
    }

    static Stream<DpoLoss> every_loss() {
        return Stream.concat(
                DpoLoss.NAMES.stream().map(name -> loss(name, 0.2)),
                Divergence.NAMES.stream()
                        .flatMap(name -> Stream.of("sigmoid", "sigmoid_norm", "hinge", "robust", "exo_pair", "discopop")
                                .map(loss -> DpoLoss.named(
                                        loss, new Parameters(0.3, 0.1, Divergence.named(name, 0.5), 0.7, 0.4)))));
    }

    @ParameterizedTest
    @MethodSource("every_loss")
    void derivatives_agree_with_finite_differences(DpoLoss loss) {
        PairChecks.derivativesAgree(loss::of, FOUR);
    }

    @Test
    void conservative_dpo_rests_where_the_margin_equals_the_logit_of_the_trust_in_the_label() {
        for (String name : new String[] {"sigmoid", "exo_pair"}) {
            assertThat(loss(name, 0.1).of(lead(2.19722458 / 0.1)).byChosen()[0]).isCloseTo(0, within(1e-9));
            assertThat(loss(name, 0.2).of(lead(1.38629436 / 0.1)).byChosen()[0]).isCloseTo(0, within(1e-9));
        }
        assertThat(loss("ipo", 0).of(lead(1 / 0.2)).byChosen()[0]).isCloseTo(0, within(1e-12));
    }

    private static PairLogProbs lead(double lead) {
        return new PairLogProbs(
                new double[] {lead}, new double[] {0}, new double[1], new double[1], new int[] {1}, new int[] {1});
    }

    @Test
    void an_unknown_loss_is_answered_with_the_known_ones() {
        assertThatThrownBy(() -> loss("sigmod", 0))
                .hasMessageStartingWith("loss_type 'sigmod' is unknown; known are sigmoid, hinge, ipo, ipo_sum");
    }

    @Test
    void what_a_loss_does_not_know_is_refused() {
        assertThatThrownBy(() -> loss("exo_pair", 0)).hasMessageContaining("needs label_smoothing above 0");
        var other = new Parameters(0.1, 0, new Divergence.ForwardKl(), 0.05, 0);
        assertThatThrownBy(() -> DpoLoss.named("apo_zero", other))
                .hasMessage("loss_type apo_zero is defined for f_divergence_type reverse_kl only");
        var offset = new Parameters(0.1, 0, new Divergence.ReverseKl(), 0.05, 1);
        for (String name : new String[] {"aot", "ipo"}) {
            assertThatThrownBy(() -> DpoLoss.named(name, offset))
                    .hasMessage("odpo_alpha has no meaning for loss_type " + name);
        }
    }

    private static DpoLoss loss(String name, double smoothing) {
        return DpoLoss.named(name, Parameters.of(0.1, smoothing));
    }
}
