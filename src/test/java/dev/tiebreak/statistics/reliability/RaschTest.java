package dev.tiebreak.statistics.reliability;

import static dev.tiebreak.statistics.CaseValues.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.numeric.NormalQuadrature;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RaschTest {
    private static final double[] DIFFICULTIES = {-1.5, -0.7, 0, 0.4, 1, 1.6};

    private static Responses lsat6() {
        JsonNode patterns = JsonMapper.shared()
                .readTree(Path.of("src/test/resources/statistics-oracles.json").toFile())
                .valueStream()
                .filter(golden -> golden.path("id").asString().equals("lsat-rasch"))
                .findFirst()
                .orElseThrow()
                .path("input")
                .path("patterns");
        Responses responses = new Responses(5);
        patterns.propertyStream()
                .forEach(pattern -> responses.addTimes(
                        pattern.getValue().asLong(),
                        pattern.getKey().chars().map(letter -> letter - '0').toArray()));
        return responses;
    }

    /// What R's `summary(rasch(LSAT))` of ltm prints, recalled from its manual and reproduced to the printed
    /// digits; its 21 nodes leave the last one open.
    @Test
    void an_estimated_discrimination_is_that_of_ltm_on_lsat_6() {
        var fit = (RaschFit.Fitted) RaschModel.estimatingDiscrimination().of(lsat6());
        double[] difficulties = {-3.6153, -1.3224, -0.3176, -1.7301, -2.7802};
        for (int item = 0; item < 5; item++) {
            assertThat(value(fit.difficulties(0.95).get(item))).isCloseTo(difficulties[item], within(5e-4));
        }
        assertThat(value(fit.discrimination(0.95))).isCloseTo(0.7551, within(2e-4));
        assertThat(fit.logLikelihood()).isCloseTo(-2466.938, within(2e-3));
    }

    /// The same table, standard errors of the difficulties and of the discrimination.
    @Test
    void standard_errors_are_those_of_ltm_on_lsat_6() {
        var fit = (RaschFit.Fitted) RaschModel.estimatingDiscrimination().of(lsat6());
        double[] errors = {0.3266, 0.1422, 0.0977, 0.1691, 0.2510};
        for (int item = 0; item < 5; item++) {
            assertThat(((Estimate.Defined) fit.difficulties(0.95).get(item)).standardError())
                    .isCloseTo(errors[item], within(2e-3));
        }
        assertThat(((Estimate.Defined) fit.discrimination(0.95)).standardError())
                .isCloseTo(0.0694, within(1e-3));
    }

    @Test
    void gradient_and_information_are_the_derivatives_of_the_likelihood() {
        ScoreGroups groups = ScoreGroups.of(simulated(3, 80, true), new int[] {0, 1, 2, 3, 4, 5});
        var likelihood = new RaschLikelihood(groups, NormalQuadrature.of(31), true);
        double[] at = {-1, -0.5, 0.2, 0.3, 0.8, 1.1, 1.3};
        double[] gradient = likelihood.gradient(at);
        double[][] information = likelihood.information(at);
        for (int i = 0; i < at.length; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            // central differences: truncation of order 1e-10 · third derivative, rounding of order 1e-16 · 300 / 1e-5
            assertThat(gradient[i])
                    .isCloseTo((likelihood.logLikelihood(up) - likelihood.logLikelihood(down)) / 2e-5, within(1e-6));
            for (int j = 0; j < at.length; j++) {
                assertThat(information[i][j])
                        .isCloseTo((likelihood.gradient(down)[j] - likelihood.gradient(up)[j]) / 2e-5, within(1e-6));
            }
        }
    }

    @Test
    void every_person_twice_leaves_the_estimates_and_halves_the_variances() {
        Responses once = simulated(4, 300, false);
        Responses twice = new Responses(6);
        IntStream.range(0, once.rows()).forEach(row -> twice.addTimes(2, once.row(row)));
        var single = (RaschFit.Fitted) RaschModel.estimatingDiscrimination().of(once);
        var doubled = (RaschFit.Fitted) RaschModel.estimatingDiscrimination().of(twice);
        assertThat(doubled.logLikelihood()).isCloseTo(2 * single.logLikelihood(), within(1e-8));
        for (int item = 0; item < 6; item++) {
            var narrow = (Estimate.Defined) doubled.difficulties(0.95).get(item);
            var wide = (Estimate.Defined) single.difficulties(0.95).get(item);
            assertThat(narrow.value()).isCloseTo(wide.value(), within(1e-8));
            assertThat(narrow.standardError()).isCloseTo(wide.standardError() / Math.sqrt(2), within(1e-8));
        }
    }

    @Test
    void right_and_wrong_exchanged_turn_difficulties_and_abilities_round() {
        Responses responses = simulated(5, 300, true);
        Responses exchanged = new Responses(6);
        IntStream.range(0, responses.rows())
                .forEach(row -> exchanged.add(Arrays.stream(responses.row(row))
                        .map(x -> x == Responses.MISSING ? x : 1 - x)
                        .toArray()));
        var before = (RaschFit.Fitted) RaschModel.withDiscrimination(1).of(responses);
        var after = (RaschFit.Fitted) RaschModel.withDiscrimination(1).of(exchanged);
        for (int item = 0; item < 6; item++) {
            assertThat(value(after.difficulties(0.95).get(item)))
                    .isCloseTo(-value(before.difficulties(0.95).get(item)), within(1e-9));
        }
        assertThat(value(after.ability(0.95, 1, 0, 0, 1, 0, -1)))
                .isCloseTo(-value(before.ability(0.95, 0, 1, 1, 0, 1, -1)), within(1e-9));
    }

    @Test
    void an_item_that_everyone_solved_is_named_and_changes_nothing_for_the_others() {
        Responses without = simulated(6, 200, false);
        Responses with = new Responses(9);
        for (int row = 0; row < without.rows(); row++) {
            int[] wider = Arrays.copyOf(without.row(row), 9);
            wider[6] = 1;
            wider[7] = 0;
            wider[8] = Responses.MISSING;
            with.add(wider);
        }
        var fit = (RaschFit.Fitted) RaschModel.estimatingDiscrimination().of(with);
        var expected = (RaschFit.Fitted) RaschModel.estimatingDiscrimination().of(without);
        assertThat(fit.difficulties(0.95).subList(0, 6)).isEqualTo(expected.difficulties(0.95));
        assertThat(fit.difficulties(0.95).subList(6, 9))
                .containsExactly(
                        new Estimate.Undefined("everyone solved it: no difficulty is low enough"),
                        new Estimate.Undefined("nobody solved it: no difficulty is high enough"),
                        new Estimate.Undefined("nobody answered it"));
        assertThat(fit.logLikelihood()).isEqualTo(expected.logLikelihood());
        assertThat(fit.itemFit().subList(6, 9)).allMatch(Optional::isEmpty);
        assertThat(fit.ability(0.95, -1, -1, -1, -1, -1, -1, 1, 0, -1)).isInstanceOf(Estimate.Undefined.class);
        assertThat(fit.personFit(-1, -1, -1, -1, -1, -1, 1, 0, -1)).isEmpty();
    }

    @Test
    void missing_responses_at_random_move_no_difficulty_far() {
        var complete = (RaschFit.Fitted) RaschModel.withDiscrimination(1).of(simulated(7, 4_000, false));
        var gappy = (RaschFit.Fitted) RaschModel.withDiscrimination(1).of(simulated(7, 4_000, true));
        for (int item = 0; item < 6; item++) {
            var wide = (Estimate.Defined) gappy.difficulties(0.95).get(item);
            var narrow = (Estimate.Defined) complete.difficulties(0.95).get(item);
            assertThat(wide.value()).isCloseTo(narrow.value(), within(4 * wide.standardError()));
            assertThat(wide.standardError()).isGreaterThan(narrow.standardError());
        }
    }

    @Test
    void responses_that_measure_nothing_are_refused_with_a_reason() {
        var model = RaschModel.estimatingDiscrimination();
        assertThat(model.of(new Responses(3))).isEqualTo(new RaschFit.Undefined("there are no responses yet"));
        assertThat(model.of(new Responses(2).add(1, 1).add(0, 1)))
                .isEqualTo(new RaschFit.Undefined("too few items were solved by some and failed by others"));
        Responses opposed = new Responses(2).addTimes(50, 1, 0).addTimes(50, 0, 1);
        assertThat(model.of(opposed))
                .isInstanceOfSatisfying(
                        RaschFit.Undefined.class,
                        undefined -> assertThat(undefined.reason()).contains("scored upside down"));
        Responses ladder = new Responses(3)
                .addTimes(20, 0, 0, 0)
                .addTimes(20, 1, 0, 0)
                .addTimes(20, 1, 1, 0)
                .addTimes(20, 1, 1, 1);
        assertThat(model.of(ladder))
                .isInstanceOfSatisfying(
                        RaschFit.Undefined.class,
                        undefined -> assertThat(undefined.reason()).contains("solves every easier one"));
        assertThat(RaschModel.withDiscrimination(1).of(ladder)).isInstanceOf(RaschFit.Fitted.class);
    }

    @Test
    void many_items_find_the_nodes_they_need() {
        double[] difficulties =
                IntStream.range(0, 60).mapToDouble(i -> -2 + i / 15.0).toArray();
        var fit = (RaschFit.Fitted) RaschModel.withDiscrimination(1).of(simulated(8, 400, difficulties, 1, false));
        for (int item = 0; item < 60; item++) {
            var difficulty = (Estimate.Defined) fit.difficulties(0.95).get(item);
            assertThat(difficulty.value()).isCloseTo(difficulties[item], within(4 * difficulty.standardError()));
        }
    }

    /// Under the model mean squares have expectation 1; z stays within ±1.96 at least as often as a normal
    /// would.
    @Test
    void items_that_follow_the_model_fit_and_one_that_is_guessed_does_not() {
        double infit = 0;
        double outfit = 0;
        int inside = 0;
        for (int study = 0; study < 200; study++) {
            var fit = (RaschFit.Fitted) RaschModel.withDiscrimination(1).of(simulated(study, 300, false));
            RaschFit.MeanSquares squares = fit.itemFit().get(study % 6).orElseThrow();
            infit += squares.infit() / 200;
            outfit += squares.outfit() / 200;
            inside += Math.abs(squares.infitZ()) < 1.96 && Math.abs(squares.outfitZ()) < 1.96 ? 1 : 0;
        }
        assertThat(infit).isCloseTo(1, within(0.01));
        assertThat(outfit).isCloseTo(1, within(0.02));
        assertThat(inside).isGreaterThan(180);
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(9);
        Responses guessed = new Responses(6);
        Responses sound = simulated(9, 500, false);
        for (int row = 0; row < sound.rows(); row++) {
            int[] responses = sound.row(row);
            responses[2] = random.nextInt(2);
            guessed.add(responses);
        }
        var fit = (RaschFit.Fitted) RaschModel.withDiscrimination(1).of(guessed);
        RaschFit.MeanSquares bad = fit.itemFit().get(2).orElseThrow();
        assertThat(bad.infit()).isGreaterThan(1.05);
        assertThat(bad.infitZ()).isGreaterThan(3);
        assertThat(fit.personFit(0, 0, 0, 1, 1, 1).orElseThrow().outfit())
                .as("easy items failed, hard ones solved")
                .isGreaterThan(fit.personFit(1, 1, 1, 0, 0, 0).orElseThrow().outfit() + 1);
    }

    /// 500 simulated studies: coverage of a right 95 % interval has a standard error of 1 %, so 92 to 97 % are
    /// allowed.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_95_percent_interval_covers_the_difficulty_in_95_percent_of_studies(boolean estimated) {
        RaschModel model = estimated ? RaschModel.estimatingDiscrimination() : RaschModel.withDiscrimination(1.2);
        List<boolean[]> covered = IntStream.range(0, 500)
                .parallel()
                .mapToObj(study -> {
                    var fit = (RaschFit.Fitted) model.of(simulated(study, 300, DIFFICULTIES, 1.2, study % 2 == 0));
                    return new boolean[] {
                        covers(fit.difficulties(0.95).get(study % 6), DIFFICULTIES[study % 6]),
                        !estimated || covers(fit.discrimination(0.95), 1.2)
                    };
                })
                .toList();
        assertThat(covered.stream().filter(study -> study[0]).count() / 500.0).isBetween(0.92, 0.97);
        if (estimated) {
            assertThat(covered.stream().filter(study -> study[1]).count() / 500.0)
                    .isBetween(0.92, 0.97);
        }
    }

    @Test
    void a_95_percent_interval_covers_the_ability_of_95_percent_of_persons() {
        double[] difficulties =
                IntStream.range(0, 20).mapToDouble(i -> -2 + i / 5.0).toArray();
        var fit = (RaschFit.Fitted) RaschModel.withDiscrimination(1).of(simulated(1, 1_000, difficulties, 1, false));
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(77);
        var normal = ZigguratSampler.NormalizedGaussian.of(random);
        int covered = 0;
        for (int person = 0; person < 2_000; person++) {
            double ability = normal.sample();
            covered += covers(fit.ability(0.95, row(random, ability, difficulties, 1, false)), ability) ? 1 : 0;
        }
        assertThat(covered / 2_000.0).isBetween(0.92, 0.97);
    }

    private static boolean covers(Estimate estimate, double truth) {
        var interval = (Estimate.Defined) estimate;
        return interval.low() <= truth && truth <= interval.high();
    }

    private static Responses simulated(long seed, int persons, boolean gaps) {
        return simulated(seed, persons, DIFFICULTIES, 1, gaps);
    }

    private static Responses simulated(long seed, int persons, double[] difficulties, double slope, boolean gaps) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        var normal = ZigguratSampler.NormalizedGaussian.of(random);
        Responses responses = new Responses(difficulties.length);
        for (int person = 0; person < persons; person++) {
            responses.add(row(random, normal.sample(), difficulties, slope, gaps));
        }
        return responses;
    }

    private static int[] row(
            UniformRandomProvider random, double ability, double[] difficulties, double slope, boolean gaps) {
        return Arrays.stream(difficulties)
                .mapToInt(difficulty -> {
                    boolean right = random.nextDouble() < 1 / (1 + Math.exp(-slope * (ability - difficulty)));
                    return gaps && random.nextDouble() < 0.2 ? Responses.MISSING : right ? 1 : 0;
                })
                .toArray();
    }
}
