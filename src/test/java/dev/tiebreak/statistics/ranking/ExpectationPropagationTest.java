package dev.tiebreak.statistics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate.Defined;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpectationPropagationTest {
    private static final PairCounts CHAIN = PairCounts.builder()
            .add(3, 2, Outcome.LEFT)
            .add(2, 1, Outcome.LEFT)
            .add(1, 0, Outcome.LEFT)
            .build();

    private static ScorePosterior posterior(double priorVariance, Link link, PairCounts counts) {
        return ((ExpectationPropagation.Fit) new ExpectationPropagation(priorVariance, link).of(counts)).posterior();
    }

    private static double[] variances(ScorePosterior posterior) {
        double[] variances = new double[posterior.items()];
        Arrays.setAll(variances, i -> posterior.covariance()[i][i]);
        return variances;
    }

    /// choix 0.4.1, `ep_pairwise(4, [(3, 2), (2, 1), (1, 0)], alpha, model)`, which stops at changes below
    /// 1e-4.
    @Test
    void posteriors_are_those_of_choix() {
        ScorePosterior probit = posterior(8, Link.PROBIT, CHAIN);
        assertThat(probit.mean())
                .containsExactly(new double[] {-2.64311268, -0.71901987, 0.71901987, 2.64311268}, within(1e-4));
        assertThat(variances(probit))
                .containsExactly(new double[] {4.40599231, 3.24296441, 3.24296440, 4.40599229}, within(1e-4));
        ScorePosterior logit = posterior(16, Link.LOGIT_MIXTURE, CHAIN);
        assertThat(logit.mean())
                .containsExactly(new double[] {-3.5507889, -0.93190495, 0.93190531, 3.55078855}, within(1e-4));
        assertThat(variances(logit))
                .containsExactly(new double[] {9.31751229, 6.90023676, 6.90023714, 9.31751385}, within(1e-4));
    }

    @Test
    void repeated_comparisons_are_counted_as_choix_counts_them() {
        PairCounts counts = PairCounts.builder()
                .add(0, 1, 7, 2, 0)
                .add(1, 2, 4, 0, 0)
                .add(2, 3, 3, 1, 0)
                .add(3, 4, 1, 0, 0)
                .add(0, 4, 1, 1, 0)
                .build();
        ScorePosterior posterior = posterior(2, Link.LOGIT_MIXTURE, counts);
        assertThat(posterior.mean())
                .containsExactly(
                        new double[] {1.11251578, 0.37073732, -0.59181568, -0.6788087, -0.21262871}, within(1e-3));
        assertThat(posterior.covariance()[0][1]).isCloseTo(0.52476827, within(1e-3));
        // the exact logistic function differs from its mixture by a thousandth only
        assertThat(posterior(2, Link.LOGIT, counts).mean()).containsExactly(posterior.mean(), within(2e-3));
    }

    /// Of one comparison the matched moments are exact; here by a sum over a fine grid of both scores.
    @ParameterizedTest
    @EnumSource
    void one_comparison_has_the_moments_that_integration_gives(Link link) {
        PairCounts one = PairCounts.builder().add(0, 1, Outcome.LEFT).build();
        ScorePosterior posterior = posterior(3, link, one);
        double mass = 0;
        double mean = 0;
        double square = 0;
        for (double x = -12; x <= 12; x += 0.04) {
            for (double y = -12; y <= 12; y += 0.04) {
                double win = link == Link.PROBIT ? normal(x - y) : 1 / (1 + Math.exp(y - x));
                double density = win * Math.exp(-(x * x + y * y) / 6);
                mass += density;
                mean += density * x;
                square += density * x * x;
            }
        }
        mean /= mass;
        double tolerance = link == Link.LOGIT_MIXTURE ? 1e-3 : 1e-7;
        assertThat(posterior.mean()[0]).isCloseTo(mean, within(tolerance));
        assertThat(posterior.covariance()[0][0]).isCloseTo(square / mass - mean * mean, within(tolerance));
    }

    private static double normal(double z) {
        return org.apache.commons.statistics.distribution.NormalDistribution.of(0, 1)
                .cumulativeProbability(z);
    }

    @Test
    void a_certain_prior_is_the_posterior_and_no_comparison_changes_nothing() {
        assertThat(posterior(1e-6, Link.LOGIT, CHAIN).mean()).containsExactly(new double[4], within(1e-5));
        ScorePosterior untouched =
                posterior(2, Link.LOGIT, PairCounts.builder(3).build());
        assertThat(untouched.mean()).containsExactly(0, 0, 0);
        assertThat(variances(untouched)).containsExactly(new double[] {2, 2, 2}, within(1e-12));
    }

    @Test
    void many_comparisons_of_a_pair_settle_on_their_odds() {
        PairCounts many = PairCounts.builder().add(0, 1, 30_000, 10_000, 0).build();
        ScorePosterior posterior = posterior(5, Link.LOGIT, many);
        assertThat(posterior.differenceMean(0, 1)).isCloseTo(Math.log(3), within(0.001));
        assertThat(posterior.differenceVariance(0, 1)).isCloseTo(1 / (40_000 * 0.1875), within(2e-6));
    }

    @Test
    void ties_are_refused_with_a_reason() {
        PairCounts tied = PairCounts.builder().add(0, 1, Outcome.TIE).build();
        assertThat(new ExpectationPropagation(1, Link.LOGIT).of(tied))
                .isInstanceOf(ExpectationPropagation.Undefined.class);
    }

    /// Scores drawn from the prior itself: the interval then holds the difference in 95 % of 500 studies, with
    /// a standard error of 1 %.
    @Test
    void a_95_percent_interval_covers_differences_drawn_from_the_prior() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(23L);
        var normal = ZigguratSampler.NormalizedGaussian.of(random);
        int covered = 0;
        for (int study = 0; study < 500; study++) {
            double[] scores = normal.samples(5).map(each -> 1.5 * each).toArray();
            PairCounts.Builder counts = PairCounts.builder(5);
            for (int i = 0; i < 20; i++) {
                int left = random.nextInt(5);
                int right = (left + 1 + random.nextInt(4)) % 5;
                boolean win = random.nextDouble() < 1 / (1 + Math.exp(scores[right] - scores[left]));
                counts.add(left, right, win ? Outcome.LEFT : Outcome.RIGHT);
            }
            var interval = (Defined) posterior(2.25, Link.LOGIT, counts.build()).difference(0, 1, 0.95);
            double truth = scores[0] - scores[1];
            covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
        }
        assertThat(covered / 500.0).isBetween(0.92, 0.97);
    }
}
