package dev.tiebreak.statistics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Estimate.Defined;
import dev.tiebreak.statistics.numeric.Logistic;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// 500 simulated studies each: coverage of a right 95 % interval has a standard error of 1 %, so 92 to 97 % are
/// allowed.
class RankingIntervalsTest {
    private static final int STUDIES = 500;
    private static final double Z = Estimate.normalQuantile(0.95);
    private static final double[] STRENGTHS = {-0.8, -0.4, 0, 0.4, 0.8};

    private static BradleyTerryFit fit(Ranking ranking) {
        return (BradleyTerryFit) ranking;
    }

    /// Rows of a Bradley-Terry model with a side effect, 30 annotators, and ties of Davidson's or Rao and Kupper's
    /// kind.
    ///
    /// @param personal standard deviation of what each annotator thinks of each item beside its strength
    private static ComparisonRows study(
            UniformRandomProvider random, int size, double position, TieModel ties, double tie, double personal) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[][] taste = new double[30][STRENGTHS.length];
        for (double[] one : taste) {
            for (int item = 0; item < one.length; item++) {
                one[item] = personal * normal.sample();
            }
        }
        ComparisonRows.Builder rows = ComparisonRows.builder().items(STRENGTHS.length);
        for (int row = 0; row < size; row++) {
            int left = random.nextInt(STRENGTHS.length);
            int right = (left + 1 + random.nextInt(STRENGTHS.length - 1)) % STRENGTHS.length;
            double[] own = taste[row % 30];
            double d = STRENGTHS[left] - STRENGTHS[right] + own[left] - own[right] + position;
            rows.add(left, right, outcome(random.nextDouble(), d, ties, tie), row % 30);
        }
        return rows.build();
    }

    private static Outcome outcome(double u, double d, TieModel ties, double tie) {
        double win = Logistic.of(d);
        double loss = Logistic.of(-d);
        if (ties == TieModel.DAVIDSON) {
            double all = Math.exp(d / 2) + Math.exp(-d / 2) + tie;
            win = Math.exp(d / 2) / all;
            loss = Math.exp(-d / 2) / all;
        } else if (ties == TieModel.RAO_KUPPER) {
            win = Logistic.of(d - Math.log(tie));
            loss = Logistic.of(-d - Math.log(tie));
        }
        return u < win ? Outcome.LEFT : u < win + loss ? Outcome.RIGHT : Outcome.TIE;
    }

    @ParameterizedTest
    @EnumSource(TieModel.class)
    void model_intervals_cover_strengths_position_and_the_tie_parameter(TieModel ties) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(21L);
        double tie = ties == TieModel.RAO_KUPPER ? 1.5 : 0.6;
        int first = 0;
        int side = 0;
        int parameter = 0;
        for (int study = 0; study < STUDIES; study++) {
            var fit = fit(BradleyTerry.maximumLikelihood()
                    .withTies(ties)
                    .of(study(random, 300, 0.3, ties, tie, 0), Effects.ofPosition()));
            var covariance = fit.covariance(Errors.MODEL).orElseThrow();
            first += covers(fit.strengths().meanZero()[0], covariance.standardErrorsMeanZero()[0], STRENGTHS[0]);
            side += covers(fit.effects()[0], covariance.standardErrorsOfEffects()[0], 0.3);
            parameter += ties.hasParameter()
                    ? covers(
                            Math.log(fit.tieParameter().orElseThrow()),
                            covariance.standardErrorsOfEffects()[1],
                            Math.log(tie))
                    : 0;
        }
        assertThat(first / (double) STUDIES).isBetween(0.92, 0.97);
        assertThat(side / (double) STUDIES).isBetween(0.92, 0.97);
        if (ties.hasParameter()) {
            assertThat(parameter / (double) STUDIES).isBetween(0.92, 0.97);
        }
    }

    private static int covers(double value, double standardError, double truth) {
        return Math.abs(value - truth) <= Z * standardError ? 1 : 0;
    }

    @Test
    void robust_intervals_and_the_laplace_posterior_cover_too() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(22L);
        int robust = 0;
        int laplace = 0;
        for (int study = 0; study < STUDIES; study++) {
            ComparisonRows rows = study(random, 400, 0, TieModel.HALF_WINS, 0, 0);
            var likely = fit(BradleyTerry.maximumLikelihood().of(rows));
            robust += covers(
                    likely.strengths().meanZero()[4],
                    likely.covariance(Errors.ROBUST).orElseThrow().standardErrorsMeanZero()[4],
                    STRENGTHS[4]);
            var posterior = fit(BradleyTerry.maximumAPosteriori().of(rows));
            laplace += covers(
                    posterior.strengths().meanZero()[4],
                    posterior.covariance(Errors.MODEL).orElseThrow().standardErrorsMeanZero()[4],
                    STRENGTHS[4]);
        }
        assertThat(robust / (double) STUDIES).isBetween(0.92, 0.97);
        assertThat(laplace / (double) STUDIES).isBetween(0.92, 0.97);
    }

    /// Each annotator has a taste; the mean strengths over annotators are the truth, found from a very large study.
    @Test
    void only_intervals_by_annotator_cover_where_annotators_have_tastes() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(23L);
        double sum = 0;
        for (int large = 0; large < 60; large++) {
            sum += difference(fit(BradleyTerry.maximumLikelihood().of(tasted(random, 6_000))));
        }
        double truth = sum / 60;
        int clustered = 0;
        int independent = 0;
        for (int study = 0; study < STUDIES; study++) {
            var fit = fit(BradleyTerry.maximumLikelihood().of(tasted(random, 3_000)));
            ToDoubleFunction<Errors> error =
                    errors -> Math.sqrt(fit.covariance(errors).orElseThrow().ofDifference(4, 0));
            clustered += covers(difference(fit), error.applyAsDouble(Errors.BY_ANNOTATOR), truth);
            independent += covers(difference(fit), error.applyAsDouble(Errors.MODEL), truth);
        }
        assertThat(clustered / (double) STUDIES).isBetween(0.92, 0.97);
        assertThat(independent / (double) STUDIES).isLessThan(0.8);
    }

    private static double difference(BradleyTerryFit fit) {
        return fit.strengths().relativeTo(0)[4];
    }

    private static ComparisonRows tasted(UniformRandomProvider random, int size) {
        return study(random, size, 0, TieModel.HALF_WINS, 0, 0.6);
    }

    @Test
    void both_bootstraps_cover() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(24L);
        int ofComparisons = 0;
        int ofAnnotators = 0;
        for (int study = 0; study < STUDIES; study++) {
            ComparisonRows rows = study(random, 600, 0, TieModel.HALF_WINS, 0, 0);
            var bootstrap = new RankingBootstrap(300, study, 0.95);
            ofComparisons += holds(
                    bootstrap.ofComparisons(fit(BradleyTerry.maximumLikelihood().of(rows.counts()))));
            ofAnnotators += holds(
                    bootstrap.ofAnnotators(fit(BradleyTerry.maximumLikelihood().of(rows))));
        }
        assertThat(ofComparisons / (double) STUDIES).isBetween(0.92, 0.97);
        assertThat(ofAnnotators / (double) STUDIES).isBetween(0.92, 0.97);
    }

    private static int holds(List<Estimate> estimates) {
        var middle = (Defined) estimates.get(3);
        return middle.low() <= STRENGTHS[3] && STRENGTHS[3] <= middle.high() ? 1 : 0;
    }

    @Test
    void rank_intervals_hold_together_in_at_least_95_percent_of_studies() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(25L);
        int held = 0;
        int narrow = 0;
        for (int study = 0; study < STUDIES; study++) {
            var fit = fit(BradleyTerry.maximumLikelihood().of(study(random, 500, 0, TieModel.HALF_WINS, 0, 0)));
            var ranks = RankIntervals.of(
                    fit.strengths().meanZero(), fit.covariance(Errors.MODEL).orElseThrow(), 0.95);
            boolean all = true;
            for (int item = 0; item < STRENGTHS.length; item++) {
                int rank = STRENGTHS.length - item;
                all &= ranks.best()[item] <= rank && rank <= ranks.worst()[item];
                narrow += ranks.worst()[item] - ranks.best()[item];
            }
            held += all ? 1 : 0;
        }
        assertThat(held / (double) STUDIES).isGreaterThan(0.95); // Holm is on the safe side
        assertThat(narrow / (double) STUDIES)
                .as("ranks between best and worst, of 20")
                .isLessThan(12);
    }

    @Test
    void the_same_seed_gives_the_same_bootstrap_on_any_number_of_threads() throws Exception {
        ComparisonRows rows = study(RandomSource.XO_RO_SHI_RO_128_PP.create(26L), 500, 0, TieModel.DAVIDSON, 0.5, 0.2);
        var fit = fit(
                BradleyTerry.maximumAPosteriori().withTies(TieModel.DAVIDSON).of(rows));
        var bootstrap = new RankingBootstrap(100, 4, 0.95);
        try (var one = new ForkJoinPool(1);
                var five = new ForkJoinPool(5)) {
            assertThat(five.submit(() -> bootstrap.ofAnnotators(fit)).get())
                    .isEqualTo(one.submit(() -> bootstrap.ofAnnotators(fit)).get());
        }
        var counted = fit(BradleyTerry.maximumLikelihood().of(rows.counts()));
        assertThat(bootstrap.ofAnnotators(counted)).allMatch(one -> one instanceof Estimate.WithoutInterval);
    }

    @Test
    void four_times_the_comparisons_halve_a_bootstraps_standard_error() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(27L);
        PairCounts counts = study(random, 600, 0, TieModel.HALF_WINS, 0, 0).counts();
        PairCounts.Builder fourfold = PairCounts.builder();
        for (int lower = 0; lower < counts.items(); lower++) {
            for (int pair = counts.start(lower); pair < counts.end(lower); pair++) {
                fourfold.add(
                        lower, counts.higher(pair), 4 * counts.winsOfLower(pair), 4 * counts.winsOfHigher(pair), 0);
            }
        }
        var bootstrap = new RankingBootstrap(1_000, 1, 0.95);
        var wide = (Defined) bootstrap
                .ofComparisons(fit(BradleyTerry.maximumLikelihood().of(counts)))
                .get(0);
        var narrow = (Defined) bootstrap
                .ofComparisons(fit(BradleyTerry.maximumLikelihood().of(fourfold.build())))
                .get(0);
        // 1,000 draws leave each standard error uncertain by about 2 %
        assertThat(wide.standardError() / narrow.standardError()).isCloseTo(2, within(0.2));
    }
}
