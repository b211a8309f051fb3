package dev.tiebreak.rlhf.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Worked numbers: the training specification's W2.
class RankingLossTest {
    private static final double[] SCORES = {2, 1, 0.5, -1};
    private static final int[] BEST_FIRST = {1, 2, 3, 4};

    @Test
    void four_ranked_completions_cost_what_the_worked_example_says() {
        RankingLoss.Result result = RankingLoss.K_WISE.of(SCORES, BEST_FIRST);
        assertThat(result.value()).isCloseTo(0.22761343, within(5e-9));
        assertThat(result.gradient())
                .containsExactly(new double[] {-0.08313214, -0.03796703, 0.06292344, 0.05817572}, within(5e-9));
        assertThat(Arrays.stream(result.gradient()).sum()).isCloseTo(0, within(1e-15));
    }

    @Test
    void a_ranking_is_as_unlikely_as_the_worked_example_says() {
        assertThat(RankingLoss.PLACKETT_LUCE.of(SCORES, BEST_FIRST).value()).isCloseTo(1.25155210, within(5e-9));
    }

    @ParameterizedTest
    @EnumSource
    void the_order_in_which_completions_stand_does_not_matter(RankingLoss loss) {
        RankingLoss.Result result = loss.of(new double[] {0.5, 2, -1, 1}, new int[] {3, 1, 4, 2});
        RankingLoss.Result sorted = loss.of(SCORES, BEST_FIRST);
        assertThat(result.value()).isCloseTo(sorted.value(), within(1e-15));
        assertThat(result.gradient()[0]).isCloseTo(sorted.gradient()[2], within(1e-15));
    }

    @ParameterizedTest
    @EnumSource
    void derivatives_agree_with_finite_differences(RankingLoss loss) {
        int[] ranks = {3, 1, 4, 2};
        double[] scores = {0.3, 0.1, -2, 0.7};
        double[] exact = loss.of(scores, ranks).gradient();
        double h = 1e-6;
        for (int i = 0; i < scores.length; i++) {
            double[] up = scores.clone();
            double[] down = scores.clone();
            up[i] += h;
            down[i] -= h;
            double expected = (loss.of(up, ranks).value() - loss.of(down, ranks).value()) / (2 * h);
            assertThat(exact[i]).isCloseTo(expected, within(1e-8));
        }
    }

    @Test
    void ties_say_nothing_and_two_completions_are_a_pair() {
        assertThat(RankingLoss.K_WISE.of(new double[] {1, 5}, new int[] {1, 1}).value())
                .isZero();
        double pair =
                RankingLoss.K_WISE.of(new double[] {1, 0}, new int[] {1, 2}).value();
        assertThat(pair).isCloseTo(0.31326169, within(5e-9));
        double withTie = RankingLoss.K_WISE
                .of(new double[] {1, 0, 0}, new int[] {1, 2, 2})
                .value();
        assertThat(withTie).isCloseTo(pair, within(1e-15));
        assertThat(RankingLoss.PLACKETT_LUCE
                        .of(new double[] {1, 0}, new int[] {1, 2})
                        .value())
                .isCloseTo(pair, within(1e-15));
    }
}
