package dev.tiebreak.rlhf.loss;

import static dev.tiebreak.rlhf.loss.BradleyTerryLossTest.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Worked numbers: the training specification's W5.
class ReferenceFreeLossTest {
    private static final PairLogProbs W5 = pairs(new double[] {-12}, new double[] {-18}, 8, 10);

    private static PairLogProbs pairs(double[] chosen, double[] rejected, int chosenLength, int rejectedLength) {
        int[] chosenLengths = new int[chosen.length];
        int[] rejectedLengths = new int[chosen.length];
        java.util.Arrays.fill(chosenLengths, chosenLength);
        java.util.Arrays.fill(rejectedLengths, rejectedLength);
        return new PairLogProbs(
                chosen, rejected, new double[chosen.length], new double[chosen.length], chosenLengths, rejectedLengths);
    }

    @Test
    void simpo_costs_what_the_worked_example_says() {
        var simpo = new CpoLoss(CpoLoss.Kind.SIMPO, 2, 0, 0.5, 0);
        assertThat(simpo.of(W5).values()[0]).isCloseTo(0.64439666, within(5e-9));
    }

    @Test
    void cpo_costs_what_the_worked_example_says() {
        var cpo = new CpoLoss(CpoLoss.Kind.SIGMOID, 0.1, 0, 0, 0);
        assertThat(cpo.of(W5).values()[0]).isCloseTo(0.43748795, within(5e-9));
    }

    @Test
    void alphapo_bends_rewards_as_the_worked_example_says() {
        var alphapo = new CpoLoss(CpoLoss.Kind.SIMPO, 1, 0, 0.5, 0.25);
        assertThat(alphapo.chosenReward(W5, 0)).isCloseTo(-1.81996566, within(5e-9));
        assertThat(alphapo.rejectedReward(W5, 0)).isCloseTo(-2.27324874, within(5e-9));
    }

    @Test
    void the_odds_ratio_is_the_worked_examples() {
        var loss = new OddsRatioLoss(0.1);
        assertThat(loss.logOddsRatio(W5, 0)).isCloseTo(0.37180089, within(5e-9));
        assertThat(loss.logSigmoid(W5, 0)).isCloseTo(-0.52442760, within(5e-9));
        assertThat(1.5 + loss.of(W5).values()[0]).isCloseTo(1.55244276, within(5e-9)); // with a mean NLL of 1.5
    }

    static Stream<CpoLoss> every_kind() {
        return Stream.of(CpoLoss.Kind.values())
                .flatMap(kind -> Stream.of(0.0, 0.25).map(alpha -> new CpoLoss(kind, 0.4, 0.1, 0.3, alpha)));
    }

    @ParameterizedTest
    @MethodSource("every_kind")
    void derivatives_agree_with_finite_differences(CpoLoss loss) {
        PairChecks.derivativesAgree(loss::of, pairs(new double[] {-2, -5, -1}, new double[] {-3, -4, -6.5}, 3, 4));
    }

    @Test
    void the_odds_ratios_derivatives_agree_with_finite_differences() {
        var pairs = pairs(new double[] {-0.2, -5, -30}, new double[] {-3, -0.4, -6.5}, 3, 4);
        PairChecks.derivativesAgree(new OddsRatioLoss(0.7)::of, pairs);
        assertThat(mean(new OddsRatioLoss(0.7).of(pairs).values())).isPositive();
    }
}
