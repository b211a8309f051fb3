package dev.tiebreak.statistics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BradleyTerryTest {
    /// Stigler 1994: citations between four journals of statistics.
    private static final double[][] CITATIONS = {
        {0, 730, 498, 221}, {33, 0, 68, 17}, {320, 813, 0, 142}, {284, 276, 325, 0}
    };
    private static final double[][] WINS = {{0, 3, 2, 4}, {2, 0, 5, 1}, {1, 3, 0, 2}, {2, 1, 3, 0}};
    private static final double[][] TIES = {{0, 2, 1, 0}, {2, 0, 3, 1}, {1, 3, 0, 2}, {0, 1, 2, 0}};

    private static BradleyTerryFit fit(Ranking ranking) {
        return (BradleyTerryFit) ranking;
    }

    private static BradleyTerryFit likely(PairCounts counts) {
        return fit(BradleyTerry.maximumLikelihood().of(counts));
    }

    /// Agresti 1990, p. 438: home and away wins of seven baseball teams, 1987. Printed in the vignette of R's
    /// BradleyTerry2, table "baseballModel2", to four digits.
    @Test
    void home_advantage_in_baseball_is_that_of_the_bradleyterry2_vignette() {
        int[][] homeAndAwayWins = { // Baltimore, Boston, Cleveland, Detroit, Milwaukee, New York, Toronto
            {0, 0, 1, 6, 3, 4, 1, 5, 2, 5, 2, 4, 1, 6},
            {6, 0, 0, 0, 5, 2, 2, 5, 5, 1, 4, 2, 3, 3},
            {2, 4, 4, 2, 0, 0, 3, 3, 2, 5, 4, 3, 3, 4},
            {4, 3, 6, 0, 6, 1, 0, 0, 3, 3, 4, 3, 4, 2},
            {6, 0, 6, 1, 4, 2, 4, 3, 0, 0, 4, 3, 4, 2},
            {6, 1, 4, 3, 4, 2, 5, 1, 3, 3, 0, 0, 2, 5},
            {6, 0, 4, 3, 4, 2, 4, 3, 2, 5, 2, 4, 0, 0}
        };
        ComparisonRows.Builder rows = ComparisonRows.builder();
        for (int home = 0; home < 7; home++) {
            for (int away = 0; away < 7; away++) {
                if (home != away) {
                    rows.weighted(homeAndAwayWins[home][2 * away], home, away, Outcome.LEFT, -1);
                    rows.weighted(homeAndAwayWins[home][2 * away + 1], home, away, Outcome.RIGHT, -1);
                }
            }
        }
        var fit = fit(BradleyTerry.maximumLikelihood().of(rows.build(), Effects.ofPosition()));
        assertThat(fit.strengths().relativeTo(0))
                .containsExactly(new double[] {0, 1.1438, 0.7047, 1.4754, 1.6196, 1.2813, 1.3271}, within(5e-5));
        assertThat(fit.effects()).containsExactly(new double[] {0.3023}, within(5e-5));
        var errors = fit.covariance(Errors.MODEL).orElseThrow();
        assertThat(errors.standardErrorsRelativeTo(0)[1]).isCloseTo(0.3378, within(5e-5));
        assertThat(errors.standardErrorsOfEffects()[0]).isCloseTo(0.1309, within(5e-5));
        var plain = fit(BradleyTerry.maximumLikelihood().of(rows.build()));
        // residual deviances 44.053 and 38.643
        assertThat(LikelihoodRatio.of(plain, fit).statistic()).isCloseTo(44.053 - 38.643, within(1e-3));
    }

    /// `qvcalc` on the same model, to the digits that it prints.
    @Test
    void quasi_variances_of_stiglers_citations_are_those_of_qvcalc() {
        var covariance =
                likely(PairCounts.of(CITATIONS)).covariance(Errors.MODEL).orElseThrow();
        assertThat(QuasiVariances.of(covariance).orElseThrow())
                .containsExactly(
                        new double[] {0.001774176683, 0.008507472007, 0.001835769333, 0.003424115479}, within(1e-8));
    }

    @Test
    void items_that_never_lost_or_won_are_named_before_anything_is_fitted() {
        var counts = PairCounts.builder(6)
                .add(0, 1, 2, 0, 0)
                .add(1, 2, 1, 1, 0)
                .add(2, 3, 3, 0, 0)
                .add(3, 4, 0, 0, 1)
                .build();
        var refused = (Ranking.NotEstimable) BradleyTerry.maximumLikelihood().of(counts);
        assertThat(refused.reason())
                .contains("never compared: item 5", "never lost to any other item: item 0")
                .contains("never won against any other item: together items 3, 4", "or use a prior");
        assertThat(refused.connectivity().undefeated()).containsExactly(List.of(0));
        assertThat(refused.connectivity().winless()).containsExactly(List.of(3, 4));
        assertThat(refused.connectivity().isolated()).containsExactly(5);
        var placed = fit(BradleyTerry.maximumAPosteriori().of(counts));
        assertThat(placed.warnings()).hasSize(3).allMatch(warning -> warning.endsWith("only the prior places them"));
        assertThat(placed.strengths().log()[5]).isZero();
    }

    @Test
    void a_circle_of_wins_holds_its_items_together() {
        PairCounts circle = PairCounts.of(new double[][] {{0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}, {1, 0, 0, 0}});
        assertThat(likely(circle).strengths().meanZero()).containsExactly(new double[4], within(1e-12)); // by symmetry
        PairCounts.Builder stronger = PairCounts.builder().add(3, 4, 1, 0, 0);
        for (int item = 0; item < 4; item++) {
            stronger.add(item, (item + 1) % 4, 1, 0, 0);
        }
        Connectivity connectivity = Connectivity.of(stronger.build());
        assertThat(connectivity.undefeated()).containsExactly(List.of(0, 1, 2, 3));
        assertThat(connectivity.winless()).containsExactly(List.of(4));
    }

    @Test
    void a_chain_of_a_hundred_thousand_items_does_not_overflow_the_search() {
        PairCounts.Builder counts = PairCounts.builder();
        for (int item = 0; item + 1 < 100_000; item++) {
            counts.add(item, item + 1, 1, 1, 0);
        }
        PairCounts chain = counts.build();
        assertThat(Connectivity.of(chain).estimable()).isTrue();
        counts.add(0, 100_000, 1, 0, 0);
        for (int item = 0; item + 1 < 100_000; item++) {
            counts.add(item, item + 1, 1, 0, 0);
        }
        assertThat(Connectivity.of(counts.build()).undefeated()).containsExactly(List.of(0));
    }

    @Test
    void only_ties_and_nothing_at_all_have_reasons_of_their_own() {
        var onlyTies = PairCounts.builder().add(0, 1, 0, 0, 3).build();
        assertThat(BradleyTerry.maximumLikelihood().withTies(TieModel.DAVIDSON).of(onlyTies))
                .isInstanceOfSatisfying(
                        Ranking.NotEstimable.class,
                        refused -> assertThat(refused.reason()).startsWith("every comparison is a tie"));
        assertThat(BradleyTerry.maximumAPosteriori().of(PairCounts.builder(3).build()))
                .isInstanceOfSatisfying(
                        Ranking.NotEstimable.class,
                        refused -> assertThat(refused.reason()).isEqualTo("nothing has been compared yet"));
    }

    @Test
    void a_side_that_always_wins_has_no_finite_effect() {
        ComparisonRows.Builder rows = ComparisonRows.builder();
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                if (i != j) {
                    rows.add(i, j, Outcome.LEFT);
                }
            }
        }
        assertThat(BradleyTerry.maximumLikelihood().of(rows.build(), Effects.ofPosition()))
                .isInstanceOfSatisfying(
                        Ranking.NotEstimable.class,
                        refused -> assertThat(refused.reason()).contains("position"));
        var board = (ScoreBoard.Scores) ScoreBoard.of(rows.build(), BradleyTerry.maximumAPosteriori(), 0.95);
        assertThat(board.position()).isEmpty();
        assertThat(board.warnings()).anyMatch(warning -> warning.startsWith("what standing left does is not known: "));
    }

    @ParameterizedTest
    @EnumSource(TieModel.class)
    void derivatives_are_those_of_the_log_likelihood(TieModel ties) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(3L);
        ComparisonRows rows = rows(random, 5, 80, 7, 0.4);
        var likelihood = new Likelihood(Groups.of(rows, Effects.all(rows)), ties, new Prior.Ghost(0.5));
        double[] at = IntStream.range(0, likelihood.parameters)
                .mapToDouble(i -> 0.3 + 0.1 * i)
                .toArray();
        double[] gradient = likelihood.gradient(at).clone();
        double[][] information = likelihood.dense();
        double step = 1e-5;
        for (int i = 0; i < at.length; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += step;
            down[i] -= step;
            double slope = (penalised(likelihood, up) - penalised(likelihood, down)) / (2 * step);
            // central differences: an error of step² and of rounding / step
            assertThat(gradient[i]).isCloseTo(slope, within(1e-6));
            double[] above = likelihood.gradient(up).clone();
            double[] below = likelihood.gradient(down).clone();
            for (int j = 0; j <= i; j++) {
                assertThat(information[i][j]).isCloseTo((below[j] - above[j]) / (2 * step), within(1e-5));
            }
        }
        double[] vector =
                IntStream.range(0, at.length).mapToDouble(i -> Math.sin(i + 1)).toArray();
        likelihood.gradient(at);
        double[] product = likelihood.times(vector);
        for (int i = 0; i < at.length; i++) {
            double sum = 0;
            for (int j = 0; j < at.length; j++) {
                sum += information[Math.max(i, j)][Math.min(i, j)] * vector[j];
            }
            assertThat(product[i]).isCloseTo(sum, within(1e-9));
            assertThat(likelihood.diagonal()[i]).isCloseTo(information[i][i], within(1e-9));
        }
    }

    private static double penalised(Likelihood likelihood, double[] at) {
        double sum = likelihood.logLikelihood(at);
        for (int item = 0; item < likelihood.groups.items; item++) {
            sum += likelihood.prior.logDensity(at[item]);
        }
        return sum;
    }

    /// Rows with ties, six annotators and one covariate.
    private static ComparisonRows rows(UniformRandomProvider random, int items, int size, int annotators, double ties) {
        ComparisonRows.Builder rows = ComparisonRows.builder("length").items(items);
        for (int row = 0; row < size; row++) {
            int left = random.nextInt(items);
            int right = (left + 1 + random.nextInt(items - 1)) % items;
            double length = random.nextInt(5) / 2.0 - 1;
            double p = 1 / (1 + Math.exp(-0.3 * (left - right) - 0.4 - 0.8 * length));
            Outcome outcome =
                    random.nextDouble() < ties ? Outcome.TIE : random.nextDouble() < p ? Outcome.LEFT : Outcome.RIGHT;
            rows.add(left, right, outcome, random.nextInt(annotators), length);
        }
        return rows.build();
    }

    @Test
    void newmans_iteration_and_newtons_method_end_at_the_same_strengths() {
        double[] newman = new Newman(PairCounts.of(CITATIONS), 0).sweep(1_000, 1e-14);
        assertThat(new Strengths(newman).meanZero())
                .containsExactly(likely(PairCounts.of(CITATIONS)).strengths().meanZero(), within(1e-10));
        PairCounts counts = new SyntheticComparisons(300, 5).everyPair(3); // so many that gradients are conjugate
        double[] many = new Strengths(new Newman(counts, 0).sweep(1_000, 1e-13)).meanZero();
        double[] strengths = likely(counts).strengths().meanZero();
        for (int item = 0; item < 300; item++) {
            assertThat(strengths[item]).isCloseTo(many[item], within(1e-8));
        }
    }

    @Test
    void without_ties_every_tie_model_is_bradley_terry() {
        var plain = likely(PairCounts.of(CITATIONS));
        for (TieModel ties : List.of(TieModel.DAVIDSON, TieModel.RAO_KUPPER)) {
            var other = fit(BradleyTerry.maximumLikelihood().withTies(ties).of(PairCounts.of(CITATIONS)));
            assertThat(other.strengths().meanZero())
                    .containsExactly(plain.strengths().meanZero(), within(1e-10));
            assertThat(other.logLikelihood()).isCloseTo(plain.logLikelihood(), within(1e-8));
            assertThat(other.tieParameter().orElseThrow()).isEqualTo(ties == TieModel.DAVIDSON ? 0 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource(TieModel.class)
    void everything_twice_leaves_the_estimates_and_halves_the_variances(TieModel ties) {
        var model = BradleyTerry.maximumLikelihood().withTies(ties);
        var once = fit(model.of(PairCounts.of(WINS, TIES)));
        var twice = fit(model.of(PairCounts.of(times(WINS, 2), times(TIES, 2))));
        assertThat(twice.strengths().meanZero())
                .containsExactly(once.strengths().meanZero(), within(1e-9));
        assertThat(twice.covariance(Errors.MODEL).orElseThrow().ofDifference(0, 3) * 2)
                .isCloseTo(once.covariance(Errors.MODEL).orElseThrow().ofDifference(0, 3), within(1e-9));
    }

    private static double[][] times(double[][] matrix, double factor) {
        return Arrays.stream(matrix)
                .map(row -> Arrays.stream(row).map(cell -> cell * factor).toArray())
                .toArray(double[][]::new);
    }

    @Test
    void other_numbers_for_the_items_move_the_strengths_along() {
        int[] order = {2, 0, 3, 1};
        double[][] moved = new double[4][4];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                moved[order[i]][order[j]] = CITATIONS[i][j];
            }
        }
        double[] strengths = likely(PairCounts.of(CITATIONS)).strengths().meanZero();
        double[] other = likely(PairCounts.of(moved)).strengths().meanZero();
        for (int i = 0; i < 4; i++) {
            assertThat(other[order[i]]).isCloseTo(strengths[i], within(1e-10));
        }
    }

    @Test
    void bias_reduction_gives_an_undefeated_item_a_finite_strength() {
        // one pair, 3 : 0. Jeffreys' prior adds half a win and half a loss: θ = log(3.5 / 0.5), exact by hand
        var fit = fit(Firth.of(PairCounts.builder().add(0, 1, 3, 0, 0).build()));
        assertThat(fit.strengths().relativeTo(1)[0]).isCloseTo(Math.log(7), within(1e-9));
        assertThat(Firth.of(PairCounts.builder(3).add(0, 1, 3, 0, 0).build())).isInstanceOf(Ranking.NotEstimable.class);
    }

    @Test
    void the_order_of_rows_and_the_number_of_threads_leave_no_trace() throws Exception {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(11L);
        ComparisonRows rows = rows(random, 260, 150_000, 40, 0.2);
        ComparisonRows.Builder reversed = ComparisonRows.builder("length");
        for (int row = rows.size() - 1; row >= 0; row--) {
            reversed.add(rows.left(row), rows.right(row), rows.outcome(row), rows.annotator(row), rows.value(0, row));
        }
        var model = BradleyTerry.maximumAPosteriori().withTies(TieModel.DAVIDSON);
        try (var one = new ForkJoinPool(1);
                var five = new ForkJoinPool(5)) {
            double[] alone = one.submit(() -> everything(model, rows)).get();
            double[] together =
                    five.submit(() -> everything(model, reversed.build())).get();
            assertThat(together).isEqualTo(alone);
        }
    }

    private static double[] everything(BradleyTerry model, ComparisonRows rows) {
        var fit = fit(model.of(rows, Effects.all(rows)));
        var covariance = fit.covariance().orElseThrow();
        return IntStream.range(0, fit.items() + fit.effects().length + 2)
                .mapToDouble(i -> i < fit.items()
                        ? fit.strengths().log()[i] + covariance.standardErrorsMeanZero()[i]
                        : i < fit.items() + fit.effects().length
                                ? fit.effects()[i - fit.items()]
                                : fit.logLikelihood() + fit.tieParameter().orElseThrow())
                .toArray();
    }

    @Test
    void an_annotators_leaning_to_the_left_is_found_for_each() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(12L);
        double[] leaning = {-1, 0, 1.5};
        ComparisonRows.Builder rows = ComparisonRows.builder();
        for (int row = 0; row < 30_000; row++) {
            int left = random.nextInt(5);
            int right = (left + 1 + random.nextInt(4)) % 5;
            double p = 1 / (1 + Math.exp(-0.3 * (left - right) - leaning[row % 3]));
            rows.add(left, right, random.nextDouble() < p ? Outcome.LEFT : Outcome.RIGHT, row % 3);
        }
        var fit = fit(BradleyTerry.maximumLikelihood().of(rows.build(), Effects.ofPositionByAnnotator()));
        assertThat(fit.effects()).containsExactly(leaning, within(0.1)); // three standard errors of 0.025
    }

    @Test
    void a_board_says_what_a_person_wants_to_see() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(13L);
        ComparisonRows rows = rows(random, 6, 3_000, 20, 0.2);
        var board = (ScoreBoard.Scores) ScoreBoard.of(rows, BradleyTerry.maximumAPosteriori(), 0.95);
        assertThat(board.scores()).extracting(ScoreBoard.Score::item).containsExactly(5, 4, 3, 2, 1, 0);
        assertThat(board.scores()).extracting(ScoreBoard.Score::rank).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(board.scores()).allSatisfy(score -> {
            assertThat(score.logStrength()).isInstanceOf(Estimate.Defined.class);
            assertThat(score.bestRank().orElseThrow()).isLessThanOrEqualTo(score.rank());
            assertThat(score.worstRank().orElseThrow()).isGreaterThanOrEqualTo(score.rank());
            assertThat(score.quasiStandardError().orElseThrow()).isBetween(0.01, 0.2);
        });
        assertThat(board.errors()).contains("clustered by 20 annotators");
        assertThat(board.position().orElseThrow().test().pValue()).isLessThan(1e-6);
        assertThat(board.tieModels())
                .extracting(ScoreBoard.TieModelFit::name)
                .containsExactly("Davidson", "Rao-Kupper", "ties at random");
        // ties were drawn at random
        assertThat(board.tieModels().get(2).tieParameter()).isCloseTo(0.2, within(0.025));
        assertThat(board.warnings()).isEmpty();
    }
}
