package dev.tiebreak.statistics.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.CaseValues;
import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConsensusTest {
    private static final double[] EIGHT = {0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55};
    private static final Em LONG = new Em(20_000, 1e-14);

    /// Every model, with its name.
    static Stream<Model> models() {
        return Stream.of(
                new Model("Dawid-Skene", DawidSkene.DEFAULT::of),
                new Model("one coin", OneCoin.DEFAULT::of),
                new Model("MACE, variational", new Mace(Mace.Prior.VARIATIONAL, 3, 1, Em.DEFAULT)::of),
                new Model(
                        "MACE, EM",
                        labels -> new Mace(Mace.Prior.smoothed(labels.categories()), 3, 1, Em.DEFAULT).of(labels)));
    }

    /// Those whose steps climb the likelihood; variational Bayes climbs a bound of its own.
    static Stream<Model> modelsByEm() {
        return models().filter(model -> !model.name().equals("MACE, variational"));
    }

    record Model(String name, Function<Labels, Consensus> fit) {
        Consensus.Reached of(Labels labels) {
            return (Consensus.Reached) fit.apply(labels);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// crowd-kit's own results, from `src/test/scripts/reliability_fixture.py`.
    private static JsonNode crowdKit() {
        return JsonMapper.shared()
                .readTree(
                        Path.of("src/test/resources/statistics/crowd-kit.json").toFile());
    }

    private static Labels crowdKitLabels() {
        return NamedLabels.read(crowdKit()).labels();
    }

    /// The anaesthetists of Dawid and Skene 1979.
    @Test
    void the_majority_alone_is_a_worse_start_than_the_shares_of_votes() {
        Labels labels = JsonMapper.shared()
                .readTree(Path.of("src/test/resources/statistics-oracles.json").toFile())
                .valueStream()
                .filter(golden -> golden.path("statistic").asString().equals("dawid_skene"))
                .map(golden -> NamedLabels.read(golden.path("input")).labels())
                .findFirst()
                .orElseThrow();
        var soft = (Consensus.Reached) DawidSkene.maximumLikelihood().of(labels);
        assertThat(soft.logLikelihood()).isCloseTo(-192.89, within(0.005));
        assertThat(ReliabilityCases.fromMajority(labels).logLikelihood()).isCloseTo(-193.97, within(0.005));
        var several = (Consensus.Reached) new DawidSkene(0, 20, 1, LONG).of(labels);
        assertThat(several.logLikelihood()).isGreaterThanOrEqualTo(soft.logLikelihood());
    }

    @Test
    void dawid_skene_is_that_of_crowd_kit() {
        JsonNode expected = crowdKit().path("dawid_skene");
        var fit = (Consensus.Reached) DawidSkene.maximumLikelihood().of(crowdKitLabels());
        // crowd-kit holds every probability at 1e-10 or above and stops where its loss stands still
        assertClose(fit.classPrior(), CaseValues.doubles(expected.path("class_prior")), 1e-5);
        for (int annotator = 0; annotator < 8; annotator++) {
            double[][] confusion = CaseValues.matrix(expected.path("confusion").get(annotator));
            for (int truth = 0; truth < 3; truth++) {
                assertClose(fit.confusion(annotator)[truth], confusion[truth], 1e-4);
            }
        }
        double[][] posterior = CaseValues.matrix(expected.path("posterior"));
        for (int item = 0; item < posterior.length; item++) {
            assertClose(fit.posterior(item), posterior[item], 1e-4);
        }
    }

    @Test
    void mace_by_em_is_that_of_crowd_kit() {
        assertIsMace(crowdKit().path("mace_em"), new Mace(Mace.Prior.smoothed(3), 10, 1, LONG));
    }

    @Test
    void mace_by_variational_bayes_is_that_of_crowd_kit() {
        assertIsMace(crowdKit().path("mace_vb"), new Mace(Mace.Prior.VARIATIONAL, 10, 1, LONG));
    }

    private static void assertIsMace(JsonNode expected, Mace mace) {
        var fit = (Consensus.Reached) mace.of(crowdKitLabels());
        double[] competence =
                fit.competences(0.95).stream().mapToDouble(CaseValues::value).toArray();
        assertClose(competence, CaseValues.doubles(expected.path("competence")), 1e-5);
        assertThat(fit.logLikelihood())
                .as("crowd-kit adds 1e-8 to every item's likelihood")
                .isCloseTo(expected.path("loglik").asDouble(), within(1e-3));
        double[][] posterior = CaseValues.matrix(expected.path("posterior"));
        for (int item = 0; item < posterior.length; item++) {
            assertClose(fit.posterior(item), posterior[item], 1e-5);
        }
    }

    private static void assertClose(double[] computed, double[] expected, double tolerance) {
        assertThat(computed).hasSize(expected.length);
        for (int i = 0; i < computed.length; i++) {
            assertThat(computed[i]).isCloseTo(expected[i], within(tolerance));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void five_threads_reach_what_one_reaches_to_the_last_bit(Model model) throws Exception {
        Labels labels = SimulatedLabels.of(3, 20_000, SimulatedLabels.accuracies(20), 4, 3)
                .labels();
        try (var one = new ForkJoinPool(1);
                var five = new ForkJoinPool(5)) {
            Consensus.Reached alone = one.submit(() -> model.of(labels)).get();
            Consensus.Reached together = five.submit(() -> model.of(labels)).get();
            assertThat(together.logLikelihood()).isEqualTo(alone.logLikelihood());
            assertThat(together.steps()).isEqualTo(alone.steps());
            for (int item = 0; item < labels.items(); item++) {
                assertThat(together.posterior(item)).isEqualTo(alone.posterior(item));
            }
            assertThat(together.competences(0.95)).isEqualTo(alone.competences(0.95));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void other_names_for_annotators_and_categories_change_no_result(Model model) {
        Labels labels = SimulatedLabels.of(4, 300, EIGHT, 4, 3).labels();
        Labels.Builder renamed = Labels.builder(3);
        for (int item = 0; item < labels.items(); item++) {
            for (int label = labels.start(item); label < labels.end(item); label++) {
                renamed.add(item, 7 - labels.annotator(label), (labels.category(label) + 1) % 3);
            }
        }
        Consensus.Reached before = model.of(labels);
        Consensus.Reached after = model.of(renamed.build());
        // EM stops where the objective stands still to 1e-10: parameters are then known to about its root
        assertThat(after.logLikelihood()).isCloseTo(before.logLikelihood(), within(1e-4));
        assertThat(after.posterior(5, (before.mostProbable(5) + 1) % 3))
                .isCloseTo(before.posterior(5, before.mostProbable(5)), within(1e-4));
        assertThat(CaseValues.value(after.competences(0.95).get(0)))
                .isCloseTo(CaseValues.value(before.competences(0.95).get(7)), within(1e-4));
    }

    @Test
    void every_item_twice_leaves_the_estimates_and_halves_the_variances() {
        Labels once = SimulatedLabels.of(5, 400, EIGHT, 4, 3).labels();
        Labels.Builder twice = Labels.builder(3);
        for (int item = 0; item < once.items(); item++) {
            for (int label = once.start(item); label < once.end(item); label++) {
                twice.add(item, once.annotator(label), once.category(label));
                twice.add(item + once.items(), once.annotator(label), once.category(label));
            }
        }
        var model = new OneCoin(0, 1, 1, LONG);
        var single = (Consensus.Reached) model.of(once);
        var doubled = (Consensus.Reached) model.of(twice.build());
        assertThat(doubled.logLikelihood()).isCloseTo(2 * single.logLikelihood(), within(1e-6));
        for (int annotator = 0; annotator < EIGHT.length; annotator++) {
            var narrow = (Estimate.Defined) doubled.competences(0.95).get(annotator);
            var wide = (Estimate.Defined) single.competences(0.95).get(annotator);
            assertThat(narrow.value()).isCloseTo(wide.value(), within(1e-6));
            assertThat(narrow.standardError()).isCloseTo(wide.standardError() / Math.sqrt(2), within(1e-6));
        }
    }

    @Test
    void one_coin_is_dawid_skene_where_errors_are_symmetric() {
        Labels labels = SimulatedLabels.of(6, 200, EIGHT, 4, 2).labels();
        Labels.Builder mirrored = Labels.builder(2);
        for (int item = 0; item < labels.items(); item++) {
            for (int label = labels.start(item); label < labels.end(item); label++) {
                mirrored.add(2 * item, labels.annotator(label), labels.category(label));
                mirrored.add(2 * item + 1, labels.annotator(label), 1 - labels.category(label));
            }
        }
        var coin = (Consensus.Reached) new OneCoin(0.01, 1, 1, LONG).of(mirrored.build());
        var matrices = (Consensus.Reached) new DawidSkene(0.01, 1, 1, LONG).of(mirrored.build());
        // the last steps of EM gain 1e-11 each: what is still to come is some 1e-7, and parameters are known to its
        // root
        assertThat(coin.logLikelihood()).isCloseTo(matrices.logLikelihood(), within(1e-6));
        for (int annotator = 0; annotator < EIGHT.length; annotator++) {
            assertClose(coin.confusion(annotator)[0], matrices.confusion(annotator)[0], 1e-3);
        }
    }

    @ParameterizedTest
    @MethodSource("modelsByEm")
    void a_step_of_em_never_lowers_its_objective(Model named) {
        Labels labels = crowdKitLabels();
        AnnotatorModel model = named.of(labels).model();
        ExpectationPass pass = new ExpectationPass(labels);
        pass.startFromVotes(_ -> 1);
        double last = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < 30; step++) {
            model.maximise(pass.counts(), pass.truths());
            pass.under(model);
            assertThat(pass.logLikelihood() + model.logPrior()).isGreaterThanOrEqualTo(last - 1e-9);
            last = pass.logLikelihood() + model.logPrior();
        }
    }

    @Test
    void scores_and_information_are_the_derivatives_of_the_log_likelihood() {
        Labels labels = crowdKitLabels();
        double[] counts = new double[8 * 9];
        Arrays.setAll(counts, i -> 1 + i * 7 % 5 + (i / 3 % 3 == i % 3 ? 6 : 0));
        double[] truths = {5, 3, 2};
        var matrices = new ConfusionModel(8, 3, 0);
        matrices.maximise(counts, truths);
        for (int parameter = 0; parameter < 6; parameter++) {
            int truth = parameter / 2;
            int wrong = parameter % 2 < truth ? parameter % 2 : parameter % 2 + 1;
            int at = (2 * 3 + wrong) * 3 + truth; // of annotator 2
            assertDerivative(labels, matrices, 2 * 6 + parameter, step -> {
                var moved = new ConfusionModel(8, 3, 0);
                double[] odds = matrices.probabilities().clone();
                odds[at] *= Math.exp(step);
                moved.maximise(odds, truths);
                return moved;
            });
        }
        for (int category = 1; category < 3; category++) {
            int moving = category;
            assertDerivative(labels, matrices, 8 * 6 + category - 1, step -> {
                var moved = new ConfusionModel(8, 3, 0);
                double[] odds = matrices.classPrior().clone();
                odds[moving] *= Math.exp(step);
                moved.maximise(counts, odds);
                return moved;
            });
        }
        var coins = new CoinModel(8, 3, 0);
        coins.maximise(counts, truths);
        assertDerivative(labels, coins, 4, step -> {
            var moved = new CoinModel(8, 3, 0);
            double[] odds = coins.probabilities().clone();
            for (int category = 0; category < 3; category++) {
                odds[(4 * 3 + category) * 3 + category] *= Math.exp(step);
            }
            moved.maximise(odds, truths);
            return moved;
        });
        for (int parameter = 0; parameter < 3; parameter++) {
            int moving = parameter;
            var prior = new Mace.Prior(0, 0, 0, false);
            assertDerivative(labels, spammers(prior, 0, 0), 5 * 3 + parameter, step -> spammers(prior, moving, step));
        }
    }

    /// Eight spammers; parameter 0 to 2 of annotator 5 moved by a step.
    private static SpammerModel spammers(Mace.Prior prior, int parameter, double step) {
        var model = new SpammerModel(8, 3, prior);
        double[] know = {0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2};
        double[] habits = new double[24];
        Arrays.setAll(habits, i -> new double[] {0.5, 0.3, 0.2}[i % 3]);
        if (parameter == 0) {
            double odds = know[5] / (1 - know[5]) * Math.exp(step);
            know[5] = odds / (1 + odds);
        } else {
            habits[15 + parameter] *= Math.exp(step);
            double sum = habits[15] + habits[16] + habits[17];
            for (int place = 15; place < 18; place++) {
                habits[place] /= sum;
            }
        }
        model.start(know, habits);
        return model;
    }

    private static void assertDerivative(
            Labels labels, AnnotatorModel model, int place, Function<Double, AnnotatorModel> moved) {
        Competences here = competences(labels, model);
        double[] gradient = gradient(labels, model);
        // central differences: truncation of order 1e-10, rounding of order 1e-16 · 350 / 1e-5
        double numeric = (logLikelihood(labels, moved.apply(1e-5)) - logLikelihood(labels, moved.apply(-1e-5))) / 2e-5;
        assertThat(gradient[place]).isCloseTo(numeric, within(1e-6)).isNotZero();
        double[] up = gradient(labels, moved.apply(1e-5));
        double[] down = gradient(labels, moved.apply(-1e-5));
        for (int other = 0; other < gradient.length; other++) {
            assertThat(here.information()[place][other]).isCloseTo((down[other] - up[other]) / 2e-5, within(1e-6));
        }
    }

    private static Competences competences(Labels labels, AnnotatorModel model) {
        var pass = new ExpectationPass(labels);
        pass.under(model);
        return new Competences(
                new Consensus.Reached(labels, model, pass.posterior(), pass.logLikelihood(), new Em.End(0, 0, true)),
                0.95);
    }

    private static double[] gradient(Labels labels, AnnotatorModel model) {
        Competences competences = competences(labels, model);
        double[] sum = competences.gradient(0);
        for (int item = 1; item < labels.items(); item++) {
            double[] gradient = competences.gradient(item);
            Arrays.setAll(sum, i -> sum[i] + gradient[i]);
        }
        return sum;
    }

    private static double logLikelihood(Labels labels, AnnotatorModel model) {
        var pass = new ExpectationPass(labels);
        pass.under(model);
        return pass.logLikelihood();
    }

    @ParameterizedTest
    @MethodSource("models")
    void models_find_more_truths_than_the_majority_where_annotators_differ(Model model) {
        double[] accuracies = {0.95, 0.92, 0.55, 0.5, 0.45, 0.4};
        SimulatedLabels simulated = SimulatedLabels.of(8, 2_000, accuracies, 5, 3);
        Consensus.Reached fit = model.of(simulated.labels());
        MajorityVote majority = MajorityVote.of(simulated.labels());
        int byModel = 0;
        int byMajority = 0;
        for (int item = 0; item < 2_000; item++) {
            byModel += fit.mostProbable(item) == simulated.truths()[item] ? 1 : 0;
            byMajority += majority.winner(item).orElseThrow() == simulated.truths()[item] ? 1 : 0;
        }
        assertThat(byModel).isGreaterThan(byMajority + 100);
    }

    @ParameterizedTest
    @MethodSource("models")
    void labels_that_tell_nothing_are_refused_with_a_reason(Model model) {
        assertThat(model.fit().apply(Labels.builder(2).build()))
                .isEqualTo(new Consensus.Undefined("there are no labels yet"));
        assertThat(model.fit().apply(Labels.builder(2).add(0, 0, 1).add(1, 0, 0).build()))
                .isEqualTo(new Consensus.Undefined(
                        "one annotator alone cannot be judged: let at least two label the same items"));
        assertThat(model.fit().apply(Labels.builder(2).add(0, 0, 1).add(1, 1, 0).build()))
                .isEqualTo(new Consensus.Undefined(
                        "no item has labels of two annotators: let at least two label the same items"));
        assertThat(model.fit().apply(Labels.builder(2).add(0, 0, 1).add(0, 1, 1).build()))
                .isInstanceOfSatisfying(
                        Consensus.Undefined.class,
                        undefined -> assertThat(undefined.reason()).contains("the same category"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void gaps_in_the_data_leave_no_gaps_in_the_numbers(Model model) {
        Labels few = SimulatedLabels.of(9, 60, EIGHT, 4, 2).labels();
        Labels.Builder gaps = Labels.builder(4); // categories 2 and 3 are never used
        for (int item = 0; item < few.items(); item++) {
            for (int label = few.start(item); label < few.end(item); label++) {
                int annotator = few.annotator(label);
                gaps.add(item + 1, annotator < 3 ? annotator : annotator + 1, few.category(label)); // no item 0, no 3
            }
        }
        Consensus.Reached fit = model.of(gaps.build());
        assertClose(fit.posterior(0), fit.classPrior(), 1e-12);
        assertThat(fit.competences(0.95).get(3)).isEqualTo(new Estimate.Undefined("this annotator has no labels yet"));
        for (int annotator = 0; annotator < 9; annotator++) {
            for (double[] row : fit.confusion(annotator)) {
                assertThat(row).doesNotContain(Double.NaN);
            }
        }
        for (int item = 0; item < 61; item++) {
            assertThat(Arrays.stream(fit.posterior(item)).sum()).isCloseTo(1, within(1e-12));
            assertThat(fit.mostProbable(item)).isLessThan(2);
        }
        fit.competences(0.95).stream()
                .filter(Estimate.Defined.class::isInstance)
                .map(Estimate.Defined.class::cast)
                .forEach(competence -> assertThat(competence.value()).isBetween(competence.low(), competence.high()));
    }

    @Test
    void without_smoothing_an_unused_category_is_impossible_and_still_not_undefined() {
        Labels few = SimulatedLabels.of(9, 60, EIGHT, 4, 2).labels();
        Labels.Builder spare = Labels.builder(3);
        for (int item = 0; item < few.items(); item++) {
            for (int label = few.start(item); label < few.end(item); label++) {
                spare.add(item, few.annotator(label), few.category(label));
            }
        }
        var fit = (Consensus.Reached) DawidSkene.maximumLikelihood().of(spare.build());
        assertThat(fit.classPrior()[2]).isZero();
        assertThat(fit.confusion(0)[2]).containsExactly(1.0 / 3, 1.0 / 3, 1.0 / 3);
        assertThat(fit.logLikelihood()).isFinite();
        assertThat(fit.competences(0.95)).noneMatch(Estimate.Undefined.class::isInstance);
    }

    @Test
    void groups_that_share_no_item_are_warned_of() {
        Labels.Builder labels = Labels.builder(2);
        for (int item = 0; item < 20; item++) {
            int team = item % 2 * 2;
            labels.add(item, team, item / 2 % 2).add(item, team + 1, item % 3 == 0 ? 1 : item / 2 % 2);
        }
        var apart = (Consensus.Reached) DawidSkene.DEFAULT.of(labels.build());
        assertThat(apart.warnings()).singleElement().asString().startsWith("annotators fall into 2 groups");
        var joined = (Consensus.Reached)
                DawidSkene.DEFAULT.of(labels.add(20, 0, 1).add(20, 3, 1).build());
        assertThat(joined.warnings()).isEmpty();
    }

    @Test
    void five_steps_are_too_few_and_said_to_be() {
        var fit = (Consensus.Reached) new DawidSkene(0.01, 1, 1, new Em(5, 1e-10)).of(crowdKitLabels());
        assertThat(fit.converged()).isFalse();
        assertThat(fit.warnings()).containsExactly("not converged after 5 steps: allow more");
    }

    /// 500 simulated studies: coverage of a right 95 % interval has a standard error of 1 %, so 92 to 97 % are
    /// allowed.
    @ParameterizedTest
    @MethodSource("models")
    void a_95_percent_interval_covers_the_competence_in_95_percent_of_studies(Model model) {
        double[] accuracies = {0.85, 0.8, 0.75, 0.7, 0.65, 0.6};
        List<Boolean> covered = IntStream.range(0, 500)
                .parallel()
                .mapToObj(study -> {
                    SimulatedLabels simulated = SimulatedLabels.of(study, 400, accuracies, 5, 3);
                    return covers(
                            model.of(simulated.labels()).competences(0.95).get(study % 6),
                            model,
                            accuracies[study % 6]);
                })
                .toList();
        assertThat(covered.stream().filter(yes -> yes).count() / 500.0).isBetween(0.92, 0.97);
    }

    private static boolean covers(Estimate competence, Model model, double accuracy) {
        var interval = (Estimate.Defined) competence;
        double truth =
                model.name().startsWith("MACE") ? (3 * accuracy - 1) / 2 : accuracy; // guesses are right in 1 of 3
        return interval.low() <= truth && truth <= interval.high();
    }

    @ParameterizedTest
    @MethodSource("models")
    void intervals_made_annotator_by_annotator_cover_as_well(Model model) {
        double[] accuracies = SimulatedLabels.accuracies(40);
        long covered = IntStream.range(0, 25)
                .parallel()
                .mapToLong(study -> {
                    SimulatedLabels simulated = SimulatedLabels.of(study, 2_000, accuracies, 6, 3);
                    List<Estimate> competences = new Competences(model.of(simulated.labels()), 0.95).all(false);
                    return IntStream.range(0, 40) // 1,000 intervals in all
                            .filter(annotator -> covers(competences.get(annotator), model, accuracies[annotator]))
                            .count();
                })
                .sum();
        assertThat(covered / 1_000.0).isBetween(0.92, 0.97);
    }
}
