package dev.tiebreak.statistics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate.Defined;
import dev.tiebreak.statistics.Estimate.WithoutInterval;
import dev.tiebreak.statistics.ranking.PlackettLuce.Fit;
import dev.tiebreak.statistics.ranking.PlackettLuce.Separated;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class PlackettLuceTest {
    /// The example of R `PlackettLuce`: ties of two and three, rankings of some of four fruits.
    private static final int[][] FRUIT = {
        {1, 2, 0, 0}, {4, 1, 2, 3}, {2, 1, 1, 1}, {1, 2, 3, 0}, {2, 1, 1, 0}, {1, 0, 3, 2},
    };

    private static Rankings ranks(double weight, int[]... rows) {
        Rankings.Builder rankings = Rankings.builder(rows[0].length);
        for (int[] row : rows) {
            rankings.ranks(weight, row);
        }
        return rankings.build();
    }

    private static Fit fit(Rankings rankings) {
        return (Fit) PlackettLuce.withoutPrior().of(rankings);
    }

    private static double error(Fit fit, int item) {
        return ((Defined) fit.difference(item, 0, 0.95)).standardError();
    }

    @Test
    void standard_errors_are_those_of_r() {
        Fit fruit = fit(ranks(1, FRUIT));
        // summary(PlackettLuce(R, npseudo = 0)) prints six decimals
        assertThat(new double[] {error(fruit, 1), error(fruit, 2), error(fruit, 3)})
                .containsExactly(new double[] {1.04996, 1.150984, 1.079815}, within(1e-5));
        assertThat(((Defined) fruit.logTie(2, 0.95)).standardError()).isCloseTo(1.074114, within(1e-5));
        assertThat(((Defined) fruit.logTie(3, 0.95)).standardError()).isCloseTo(1.137208, within(1e-5));
    }

    @Test
    void gradient_and_information_are_derivatives() {
        var tied = new LuceLikelihood(ranks(1.5, FRUIT));
        requireDerivatives(tied, new double[] {0.3, -0.4, 0.9, 0.1, -0.7, 0.2});
        var untied = new LuceLikelihood(Rankings.builder(5)
                .ordering(2, 0, 3, 1)
                .ordering(4, 1, 2, 0, 3)
                .top(0.5, new int[] {3, 2}, new int[] {0, 4})
                .build());
        requireDerivatives(untied, new double[] {0.3, -0.4, 0.9, 0.1, -0.7});
    }

    /// Central differences with h = 1e-5 leave errors of about h² = 1e-10.
    private static void requireDerivatives(LuceLikelihood likelihood, double[] point) {
        int n = point.length;
        double[] gradient = new double[n];
        double[][] information = new double[n][n];
        likelihood.addTo(point, gradient, information);
        double h = 1e-5;
        for (int i = 0; i < n; i++) {
            double[] above = point.clone();
            double[] below = point.clone();
            above[i] += h;
            below[i] -= h;
            double[] gradientAbove = new double[n];
            double[] gradientBelow = new double[n];
            double slope = (likelihood.addTo(above, gradientAbove, new double[0][])
                            - likelihood.addTo(below, gradientBelow, new double[0][]))
                    / (2 * h);
            assertThat(gradient[i]).isCloseTo(slope, within(1e-8));
            for (int j = 0; j < n; j++) {
                assertThat(information[j][i]).isCloseTo(-(gradientAbove[j] - gradientBelow[j]) / (2 * h), within(1e-8));
            }
        }
    }

    @Test
    void pairs_are_bradley_terry() {
        // Stigler 1994, citations among four journals of statistics; R BradleyTerry2
        double[][] wins = {{0, 730, 498, 221}, {33, 0, 68, 17}, {320, 813, 0, 142}, {284, 276, 325, 0}};
        Fit fit = fit(Rankings.ofPairs(PairCounts.of(wins)));
        double[] logWorths = fit.logWorths();
        assertThat(new double[] {logWorths[1] - logWorths[0], logWorths[2] - logWorths[0], logWorths[3] - logWorths[0]})
                .containsExactly(new double[] {-2.94907, -0.47957, 0.26895}, within(5e-6));
        assertThat(new double[] {error(fit, 1), error(fit, 2), error(fit, 3)})
                .containsExactly(new double[] {0.10255, 0.06059, 0.07083}, within(5e-6));
    }

    @Test
    void tied_pairs_are_davidsons_model() {
        double[][] wins = {{0, 7, 3}, {2, 0, 6}, {5, 4, 0}};
        double[][] ties = {{0, 3, 2}, {3, 0, 4}, {2, 4, 0}};
        Fit fit = fit(Rankings.ofPairs(PairCounts.of(wins, ties)));
        double nu = Math.exp(fit.logTie(2, 0.95).point().orElseThrow());
        double logLikelihood = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double difference = fit.logWorths()[j] - fit.logWorths()[i];
                double all = 1 + Math.exp(difference) + nu * Math.exp(difference / 2);
                logLikelihood += wins[i][j] * Math.log(1 / all);
                logLikelihood += ties[i][j] / 2 * Math.log(nu * Math.exp(difference / 2) / all);
            }
        }
        assertThat(fit.logLikelihood()).isCloseTo(logLikelihood, within(1e-10));
    }

    @Test
    void the_fit_stays_where_it_is_under_hunters_sweep() {
        Rankings rankings = simulated(RandomSource.XO_RO_SHI_RO_128_PP.create(3L), 8, 40, 5);
        Fit fit = fit(rankings);
        assertThat(PlackettLuce.withoutPrior().sweep(rankings, fit.logWorths()))
                .containsExactly(fit.logWorths(), within(1e-9));
        var prior = new PlackettLuce(0.5);
        double[] mode = ((Fit) prior.of(rankings)).logWorths();
        // the mode is given with mean 0; the ghost stands at 0 of the scale on which it was found
        assertThat(mode[7] - mode[0]).isBetween(0.0, fit.logWorths()[7] - fit.logWorths()[0]);
    }

    /// Beyond 2,000 items there is no matrix: a ring in which each beats its neighbours to both sides now and
    /// then.
    @Test
    void thousands_of_items_are_fitted_without_standard_errors() {
        int items = 2_100;
        PairCounts.Builder counts = PairCounts.builder(items);
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(9L);
        for (int item = 0; item < items; item++) {
            for (int step : new int[] {1, 37, 411}) {
                counts.add(item, (item + step) % items, 1 + random.nextInt(4), 1 + random.nextInt(4), 0);
            }
        }
        Rankings rankings = Rankings.ofPairs(counts.build());
        Fit fit = fit(rankings);
        assertThat(PlackettLuce.withoutPrior().sweep(rankings, fit.logWorths()))
                .containsExactly(fit.logWorths(), within(1e-6));
        assertThat(fit.difference(0, 1, 0.95)).isInstanceOf(WithoutInterval.class);
    }

    @Test
    void a_full_list_and_one_whose_last_place_is_a_rest_of_one_are_the_same() {
        Rankings whole = Rankings.builder(3)
                .ordering(0, 1, 2)
                .ordering(2, 0, 1)
                .ordering(1, 2, 0)
                .build();
        Rankings top = Rankings.builder(3)
                .top(1, new int[] {0, 1}, new int[] {2})
                .top(1, new int[] {2, 0}, new int[] {1})
                .top(1, new int[] {1, 2}, new int[] {0})
                .build();
        assertThat(fit(top).logLikelihood()).isCloseTo(fit(whole).logLikelihood(), within(1e-12));
        assertThat(fit(whole).logLikelihood()).isCloseTo(3 * Math.log(1.0 / 6), within(1e-12));
    }

    @Test
    void log_worths_with_mean_0_have_covariances_with_sum_0_under_a_prior_too() {
        double[][] covariance =
                ((Fit) new PlackettLuce(0.5).of(ranks(1, FRUIT))).covariance().orElseThrow();
        for (double[] row : covariance) {
            assertThat(Arrays.stream(row, 0, 4).sum()).isCloseTo(0, within(1e-12));
        }
        for (int column = 0; column < covariance.length; column++) {
            int of = column;
            assertThat(IntStream.range(0, 4)
                            .mapToDouble(row -> covariance[row][of])
                            .sum())
                    .isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void doubling_every_ranking_keeps_the_worths_and_halves_the_variances() {
        Fit once = fit(ranks(1, FRUIT));
        Fit twice = fit(ranks(2, FRUIT));
        assertThat(twice.logWorths()).containsExactly(once.logWorths(), within(1e-8));
        assertThat(Math.pow(error(twice, 2) / error(once, 2), 2)).isCloseTo(0.5, within(1e-8));
    }

    @Test
    void names_of_items_and_the_order_of_rankings_do_not_matter() {
        int[] name = {2, 0, 3, 1};
        int[][] renamed = new int[FRUIT.length][4];
        for (int row = 0; row < FRUIT.length; row++) {
            for (int item = 0; item < 4; item++) {
                renamed[FRUIT.length - 1 - row][name[item]] = FRUIT[row][item];
            }
        }
        Fit fit = fit(ranks(1, FRUIT));
        Fit other = fit(ranks(1, renamed));
        for (int item = 0; item < 4; item++) {
            assertThat(other.logWorths()[name[item]]).isCloseTo(fit.logWorths()[item], within(1e-8));
        }
        assertThat(other.logTie(3, 0.95).point().orElseThrow())
                .isCloseTo(fit.logTie(3, 0.95).point().orElseThrow(), within(1e-8));
    }

    @Test
    void separated_rankings_are_named_before_any_fit() {
        Rankings rankings = Rankings.builder(5)
                .ordering(0, 1, 2)
                .ordering(0, 2, 1)
                .ordering(1, 2, 3)
                .build();
        assertThat(PlackettLuce.withoutPrior().of(rankings)).isInstanceOfSatisfying(Separated.class, separated -> {
            assertThat(separated.unranked()).containsExactly(4);
            assertThat(separated.undefeated()).containsExactly(0);
            assertThat(separated.winless()).containsExactly(3);
        });
        Rankings blocks =
                Rankings.builder(4).ordering(0, 1, 2, 3).ordering(1, 0, 3, 2).build();
        assertThat(PlackettLuce.withoutPrior().of(blocks))
                .isInstanceOfSatisfying(
                        Separated.class,
                        separated -> assertThat(separated.reason()).contains("fall into sets"));
        assertThat(new PlackettLuce(0.5).of(rankings)).isInstanceOf(Fit.class);
        assertThat(((Fit) new PlackettLuce(0.5).of(rankings)).logWorths()[0]).isPositive();
    }

    @Test
    void ties_alone_have_no_end() {
        Rankings tied = Rankings.builder(3)
                .add(1, List.of(new int[] {0, 1}), new int[0])
                .add(1, List.of(new int[] {1, 2}), new int[0])
                .build();
        assertThat(PlackettLuce.withoutPrior().of(tied)).isInstanceOf(Separated.class);
    }

    @Test
    void what_costs_too_much_or_says_nothing_is_refused_with_a_reason() {
        Rankings wide = Rankings.builder(6)
                .add(1, List.of(new int[] {0, 1, 2, 3, 4}, new int[] {5}), new int[0])
                .build();
        assertThat(reason(wide)).contains("ties 5 items");
        Rankings longest = Rankings.builder(11)
                .add(
                        1,
                        List.of(new int[] {0, 1}, new int[] {2, 3}),
                        IntStream.range(4, 11).toArray())
                .build();
        assertThat(reason(longest)).contains("there is one of 11");
        assertThat(reason(Rankings.builder(3).ordering(1).build())).contains("two items or more");
    }

    private static String reason(Rankings rankings) {
        return ((PlackettLuce.Undefined) PlackettLuce.withoutPrior().of(rankings)).reason();
    }

    /// 500 studies of 60 rankings of 4 out of 6 items. Coverage of a right 95 % interval has a standard error
    /// of 1 %.
    @Test
    void a_95_percent_interval_covers_the_truth_in_95_percent_of_studies() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(17L);
        int covered = 0;
        int coveredMean = 0;
        for (int study = 0; study < 500; study++) {
            Fit fit = fit(simulated(random, 6, 60, 4));
            covered += covers((Defined) fit.difference(5, 1, 0.95), 4 * STEP) ? 1 : 0;
            coveredMean += covers((Defined) fit.logWorth(5, 0.95), 2.5 * STEP) ? 1 : 0;
        }
        assertThat(covered / 500.0).isBetween(0.92, 0.97);
        assertThat(coveredMean / 500.0).isBetween(0.92, 0.97);
    }

    /// 500 studies of 80 rankings of three with ties under the model itself.
    @Test
    void intervals_of_worths_and_of_the_tie_parameter_cover_the_truth_where_rankings_tie() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(18L);
        int covered = 0;
        int coveredTie = 0;
        for (int study = 0; study < 500; study++) {
            Rankings.Builder rankings = Rankings.builder(4);
            for (int i = 0; i < 80; i++) {
                rankings.add(1, tiedRanking(random, subset(random, 4, 3), Math.log(0.6)), new int[0]);
            }
            Fit fit = fit(rankings.build());
            covered += covers((Defined) fit.difference(3, 0, 0.95), 3 * STEP) ? 1 : 0;
            coveredTie += covers((Defined) fit.logTie(2, 0.95), Math.log(0.6)) ? 1 : 0;
        }
        assertThat(covered / 500.0).isBetween(0.92, 0.97);
        assertThat(coveredTie / 500.0).isBetween(0.92, 0.97);
    }

    private static final double STEP = 0.5; // log-worth of item i: i · STEP

    private static boolean covers(Defined interval, double truth) {
        return interval.low() <= truth && truth <= interval.high();
    }

    static Rankings simulated(UniformRandomProvider random, int items, int rankings, int shown) {
        Rankings.Builder simulated = Rankings.builder(items);
        for (int i = 0; i < rankings; i++) {
            // the largest of worth / Exp(1) first is a draw from Plackett–Luce
            int[] subset = subset(random, items, shown);
            double[] strength = new double[items];
            Arrays.setAll(strength, item -> item * STEP - Math.log(-Math.log(1 - random.nextDouble())));
            simulated.ordering(Arrays.stream(subset)
                    .boxed()
                    .sorted((one, other) -> Double.compare(strength[other], strength[one]))
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
        return simulated.build();
    }

    private static int[] subset(UniformRandomProvider random, int items, int shown) {
        int[] all = IntStream.range(0, items).toArray();
        for (int i = 0; i < shown; i++) {
            int j = i + random.nextInt(items - i);
            int kept = all[i];
            all[i] = all[j];
            all[j] = kept;
        }
        return Arrays.copyOf(all, shown);
    }

    /// A draw from Davidson–Luce with ties of two, written down from its formula.
    private static List<int[]> tiedRanking(UniformRandomProvider random, int[] shown, double logTie) {
        List<Integer> left = new ArrayList<>(Arrays.stream(shown).boxed().toList());
        List<int[]> groups = new ArrayList<>();
        while (!left.isEmpty()) {
            List<int[]> options = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                options.add(new int[] {left.get(i)});
                weights.add(Math.exp(left.get(i) * STEP));
                for (int j = i + 1; j < left.size(); j++) {
                    options.add(new int[] {left.get(i), left.get(j)});
                    weights.add(Math.exp(logTie + (left.get(i) + left.get(j)) * STEP / 2));
                }
            }
            double draw = random.nextDouble()
                    * weights.stream().mapToDouble(each -> each).sum();
            int option = 0;
            while (draw >= weights.get(option) && option < options.size() - 1) {
                draw -= weights.get(option++);
            }
            int[] group = options.get(option);
            groups.add(group);
            left.removeIf(item -> Arrays.stream(group).anyMatch(one -> one == item));
        }
        return groups;
    }
}
