package dev.tiebreak.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Estimate.Defined;
import dev.tiebreak.statistics.Estimate.Undefined;
import dev.tiebreak.statistics.Estimate.WithoutInterval;
import dev.tiebreak.statistics.Labels;
import dev.tiebreak.statistics.TestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What must hold of coefficients whatever the data are, and where they have no value.
class CoefficientPropertiesTest {
    private static final double[] SCALE = {1, 2, 3, 5};
    private static final Labels LABELS =
            Simulated.study(80, 4, 0.8, 0.1).labels(RandomSource.XO_SHI_RO_256_PP.create(2L));

    static Stream<AnalyticCoefficient> coefficients() {
        return AgreementCoverageTest.coefficients().map(named -> named.getPayload());
    }

    static Stream<AnalyticCoefficient> nominal() {
        return Stream.of(
                new PercentAgreement(),
                FleissKappa.unweighted(),
                GwetAc.ac1(),
                BrennanPrediger.unweighted(),
                KrippendorffAlpha.nominal());
    }

    /// `(value with h more items of a pattern − value) / h` is what each such item adds.
    @ParameterizedTest
    @MethodSource("coefficients")
    void the_variance_is_that_of_what_each_item_adds_by_finite_differences(AnalyticCoefficient coefficient) {
        long many = 1_000_000;
        CategoryCounts counts = more(CategoryCounts.of(LABELS), many, -1, 0);
        double value = value(coefficient.of(counts));
        double squares = 0;
        for (int pattern = 0; pattern < counts.patterns(); pattern++) {
            long step = 1_000;
            CategoryCounts more = more(CategoryCounts.of(LABELS), many, pattern, step);
            CategoryCounts less = more(CategoryCounts.of(LABELS), many, pattern, -step);
            double added = (value(coefficient.of(more)) - value(coefficient.of(less))) / (2 * step);
            squares += counts.multiplicity(pattern) * added * added;
        }
        double error = ((Defined) coefficient.of(counts, 0.95)).standardError();
        assertThat(error).isCloseTo(Math.sqrt(squares), within(1e-6 * error)); // 10⁷ items: n/(n − 1) does not show
    }

    private static CategoryCounts more(CategoryCounts counts, long times, int pattern, long step) {
        CategoryCounts.Builder more = CategoryCounts.builder(counts.categories());
        for (int p = 0; p < counts.patterns(); p++) {
            more.addItems(times * counts.multiplicity(p) + (p == pattern ? step : 0), pattern(counts, p));
        }
        return more.build();
    }

    private static int[] pattern(CategoryCounts counts, int pattern) {
        return IntStream.range(0, counts.categories())
                .map(category -> counts.count(pattern, category))
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("coefficients")
    void all_items_twice_leave_the_value_and_halve_the_variance(AnalyticCoefficient coefficient) {
        CategoryCounts once = more(CategoryCounts.of(LABELS), 500, -1, 0); // many, for α corrects for their number
        CategoryCounts twice = more(CategoryCounts.of(LABELS), 1_000, -1, 0);
        var one = (Defined) coefficient.of(once, 0.95);
        var two = (Defined) coefficient.of(twice, 0.95);
        assertThat(two.value()).isCloseTo(one.value(), within(1e-5));
        assertThat(Math.pow(one.standardError() / two.standardError(), 2)).isCloseTo(2, within(1e-3));
    }

    @ParameterizedTest
    @MethodSource("nominal")
    void renamed_categories_and_annotators_and_items_in_another_order_change_nothing(AnalyticCoefficient coefficient) {
        Labels renamed = mapped(LABELS, item -> LABELS.items() - 1 - item, g -> 3 - g, c -> (c + 1) % 4);
        var before = (Defined) coefficient.of(CategoryCounts.of(LABELS), 0.95);
        var after = (Defined) coefficient.of(CategoryCounts.of(renamed), 0.95);
        assertThat(after.value()).isCloseTo(before.value(), within(1e-12));
        assertThat(after.standardError()).isCloseTo(before.standardError(), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("coefficients")
    void the_order_of_items_and_annotators_leaves_no_trace_in_the_last_bit(AnalyticCoefficient coefficient) {
        Labels reordered = mapped(LABELS, item -> LABELS.items() - 1 - item, g -> 3 - g, c -> c);
        assertThat(coefficient.of(CategoryCounts.of(reordered), 0.95))
                .isEqualTo(coefficient.of(CategoryCounts.of(LABELS), 0.95));
    }

    private static Labels mapped(Labels labels, IntUnaryOperator item, IntUnaryOperator g, IntUnaryOperator c) {
        Labels.Builder mapped = Labels.builder(labels.categories());
        for (int i = 0; i < labels.items(); i++) {
            for (int label = labels.start(i); label < labels.end(i); label++) {
                mapped.add(
                        item.applyAsInt(i),
                        g.applyAsInt(labels.annotator(label)),
                        c.applyAsInt(labels.category(label)));
            }
        }
        return mapped.build();
    }

    @Test
    void of_two_annotators_congers_and_lights_kappa_are_cohens() {
        Labels two = Simulated.study(60, 2, 1, 0).labels(RandomSource.XO_SHI_RO_256_PP.create(8L));
        double cohen = value(CohenKappa.unweighted().of(TwoRaterTable.of(two, 0, 1)));
        assertThat(value(CongerKappa.unweighted().of(two, 0.95))).isCloseTo(cohen, within(1e-12));
        var light = (Defined) PairwiseKappa.light().of(two, 0.95);
        assertThat(light.value()).isCloseTo(cohen, within(1e-12));
        var interval = (Defined) CohenKappa.unweighted().of(TwoRaterTable.of(two, 0, 1), 0.95);
        // the table has n in its denominator, items elsewhere n − 1
        assertThat(light.standardError()).isCloseTo(interval.standardError() * Math.sqrt(60 / 59.0), within(1e-12));
    }

    @Test
    void a_scale_may_be_shifted_and_stretched_but_a_level_that_nobody_chose_keeps_its_place() {
        TwoRaterTable unused = TwoRaterTable.of(new long[][] {{9, 3, 0, 1}, {2, 8, 0, 3}, {0, 0, 0, 0}, {1, 2, 0, 7}});
        double declared =
                value(CohenKappa.weighted(Weights.quadratic(1, 2, 3, 4)).of(unused));
        assertThat(value(CohenKappa.weighted(Weights.quadratic(10, 30, 50, 70)).of(unused)))
                .isCloseTo(declared, within(1e-12));
        TwoRaterTable reindexed = TwoRaterTable.of(new long[][] {{9, 3, 1}, {2, 8, 3}, {1, 2, 7}});
        assertThat(value(CohenKappa.weighted(Weights.quadratic(1, 2, 4)).of(reindexed)))
                .isCloseTo(declared, within(1e-12));
        assertThat(value(CohenKappa.weighted(Weights.quadratic(1, 2, 3)).of(reindexed)))
                .isNotCloseTo(declared, within(0.01));
    }

    @Test
    void weights_may_be_given_as_agreement_or_as_disagreement() {
        TwoRaterTable table = TwoRaterTable.of(new long[][] {{9, 3, 1}, {2, 8, 3}, {1, 2, 7}});
        double linear = value(CohenKappa.weighted(Weights.linear(0, 1, 2)).of(table));
        double[][] apart = {{0, 3, 6}, {3, 0, 3}, {6, 3, 0}};
        double[][] near = {{1, 0.5, 0}, {0.5, 1, 0.5}, {0, 0.5, 1}};
        assertThat(value(CohenKappa.weighted(Weights.ofDisagreement(apart)).of(table)))
                .isCloseTo(linear, within(1e-12));
        assertThat(value(CohenKappa.weighted(Weights.ofAgreement(near)).of(table)))
                .isCloseTo(linear, within(1e-12));
    }

    @Test
    void kappa_is_at_most_what_its_margins_allow() {
        TwoRaterTable table = TwoRaterTable.of(new long[][] {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}});
        assertThat(value(CohenKappa.max(table)))
                .isGreaterThan(value(CohenKappa.unweighted().of(table)))
                .isCloseTo(0.831, within(5e-4)); // Cohen 1960, p. 45
        assertThat(value(CohenKappa.max(TwoRaterTable.of(new long[][] {{3, 2}, {2, 5}}))))
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void prevalence_and_bias_explain_the_paradox_of_a_low_kappa() {
        // Feinstein & Cicchetti 1990, table 3 against 1: 85 % agreement both, κ .32 and .70; indices by hand
        TwoRaterTable skewed = TwoRaterTable.of(new long[][] {{80, 10}, {5, 5}});
        TwoRaterTable even = TwoRaterTable.of(new long[][] {{40, 9}, {6, 45}});
        assertThat(value(CohenKappa.unweighted().of(skewed))).isCloseTo(0.32, within(5e-3));
        assertThat(value(CohenKappa.unweighted().of(even))).isCloseTo(0.70, within(5e-3));
        assertThat(value(skewed.prevalenceIndex())).isCloseTo(0.75, within(1e-12));
        assertThat(value(skewed.biasIndex())).isCloseTo(0.05, within(1e-12));
        assertThat(value(skewed.pabak(0.95))).isCloseTo(0.70, within(1e-12));
        assertThat(value(even.pabak(0.95))).isCloseTo(0.70, within(1e-12));
    }

    @Test
    void every_pair_of_annotators_has_the_table_that_one_makes_for_them_alone() {
        List<AnnotatorPairs.Pair> pairs = AnnotatorPairs.of(LABELS);
        assertThat(pairs).hasSize(6);
        assertThat(pairs)
                .allSatisfy(pair -> assertThat(CohenKappa.unweighted().of(pair.table(), 0.95))
                        .isEqualTo(CohenKappa.unweighted()
                                .of(TwoRaterTable.of(LABELS, pair.first(), pair.second()), 0.95)));
    }

    @Test
    void influence_is_what_is_missing_once_an_annotators_labels_are_gone() {
        double whole = value(KrippendorffAlpha.ordinal().of(CategoryCounts.of(LABELS)));
        List<AnnotatorInfluence> influences = AnnotatorInfluence.of(LABELS, KrippendorffAlpha.ordinal());
        assertThat(influences).hasSize(4);
        influences.forEach(influence -> {
            Labels.Builder others = Labels.builder(4);
            for (int item = 0; item < LABELS.items(); item++) {
                for (int label = LABELS.start(item); label < LABELS.end(item); label++) {
                    if (LABELS.annotator(label) != influence.annotator()) {
                        others.add(item, LABELS.annotator(label), LABELS.category(label));
                    }
                }
            }
            double without = value(KrippendorffAlpha.ordinal().of(CategoryCounts.of(others.build())));
            assertThat(value(influence.without())).isCloseTo(without, within(1e-12));
            assertThat(influence.change().orElseThrow()).isCloseTo(whole - without, within(1e-12));
        });
        // annotators are simulated the better the higher their number
        assertThat(influences.get(0).change().orElseThrow())
                .isLessThan(influences.get(3).change().orElseThrow());
    }

    @Test
    void alphas_of_items_make_up_alpha_weighted_by_their_labels() {
        CategoryCounts counts = CategoryCounts.of(LABELS);
        KrippendorffAlpha alpha = KrippendorffAlpha.interval(SCALE);
        List<Estimate> ofItems = alpha.perPattern(counts);
        double missing = 0;
        double labels = 0;
        for (int pattern = 0; pattern < counts.patterns(); pattern++) {
            if (counts.labels(pattern) >= 2) {
                double weight = (double) counts.multiplicity(pattern) * counts.labels(pattern);
                missing += weight * (1 - value(ofItems.get(pattern)));
                labels += weight;
            } else {
                assertThat(ofItems.get(pattern)).isInstanceOf(Undefined.class);
            }
        }
        assertThat(1 - missing / labels).isCloseTo(value(alpha.of(counts)), within(1e-12));
    }

    @Test
    void alpha_of_ratings_is_alpha_of_their_values_as_categories() {
        double[][] ratings = new double[LABELS.items()][];
        for (int item = 0; item < ratings.length; item++) {
            ratings[item] = IntStream.range(LABELS.start(item), LABELS.end(item))
                    .mapToDouble(label -> SCALE[LABELS.category(label)])
                    .toArray();
        }
        CategoryCounts counts = CategoryCounts.of(LABELS);
        requireSame(
                ContinuousAlpha.interval(ratings, 0.95),
                KrippendorffAlpha.interval(SCALE).of(counts, 0.95));
        requireSame(
                ContinuousAlpha.ordinal(ratings, 0.95),
                KrippendorffAlpha.ordinal().of(counts, 0.95));
        requireSame(
                ContinuousAlpha.ratio(ratings, 0.95),
                KrippendorffAlpha.ratio(SCALE).of(counts, 0.95));
    }

    private static void requireSame(Estimate ours, Estimate theirs) {
        assertThat(value(ours)).isCloseTo(value(theirs), within(1e-12));
        assertThat(((Defined) ours).standardError()).isCloseTo(((Defined) theirs).standardError(), within(1e-12));
    }

    @Test
    void ratio_distances_of_very_many_values_are_refused() {
        double[][] ratings = IntStream.range(0, 10_001)
                .mapToObj(item -> new double[] {item, item + 0.5})
                .toArray(double[][]::new);
        assertThat(ContinuousAlpha.ratio(ratings, 0.95))
                .isInstanceOfSatisfying(
                        Undefined.class,
                        undefined -> assertThat(undefined.reason()).contains("20,002 distinct values"));
        assertThat(ContinuousAlpha.ratio(new double[][] {{-1, 1}}, 0.95)).isInstanceOf(Undefined.class);
    }

    @Test
    void sets_lie_apart_as_passonneau_has_them() {
        assertThat(SetDistance.MASI.between(Set.of(1, 2), Set.of(1, 2, 3, 4)))
                .isCloseTo(1 - 2 / 3.0 / 2, within(1e-12));
        assertThat(SetDistance.MASI.between(Set.of(1, 2), Set.of(2, 3))).isCloseTo(1 - 1 / 3.0 / 3, within(1e-12));
        assertThat(SetDistance.JACCARD.between(Set.of(1, 2), Set.of(2, 3))).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(SetDistance.MASI.between(Set.of(), Set.of())).isZero();
        assertThat(SetDistance.MASI.between(Set.of(), Set.of(1))).isEqualTo(1);
    }

    @Test
    void distances_on_a_circle_meet_at_its_ends() {
        double[][] hours =
                new Distance.Circular(IntStream.range(0, 24).asDoubleStream().toArray()).between(new double[24]);
        assertThat(hours[0][23]).isCloseTo(hours[0][1], within(1e-12));
        assertThat(hours[0][12]).isCloseTo(1, within(1e-12));
        double[][] poles = new Distance.Bipolar(0, 1, 2, 3, 4).between(new double[5]);
        assertThat(poles[0][1]).isGreaterThan(poles[1][2]).isCloseTo(1 / 7.0, within(1e-12));
        assertThatThrownBy(() -> new Distance.Custom(new double[][] {{0, 1}, {2, 0}}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_label_an_item_has_a_reason_everywhere() {
        Labels.Builder labels = Labels.builder(2);
        IntStream.range(0, 40).forEach(item -> labels.add(item, item % 2, item % 2));
        Labels singles = labels.build();
        String reason = "no item has two labels: let at least two annotators label the same items";
        nominal()
                .forEach(coefficient -> assertThat(coefficient.of(CategoryCounts.of(singles), 0.95))
                        .isEqualTo(new Undefined(reason)));
        assertThat(CongerKappa.unweighted().of(singles, 0.95)).isEqualTo(new Undefined(reason));
        assertThat(PairwiseKappa.light().of(singles, 0.95)).isInstanceOf(Undefined.class);
        assertThat(FleissKappa.againstChance(CategoryCounts.of(singles))).isEqualTo(new TestResult.Undefined(reason));
        assertThat(ContinuousAlpha.interval(new double[][] {{1}, {2}}, 0.95)).isEqualTo(new Undefined(reason));
        nominal()
                .forEach(coefficient -> assertThat(
                                coefficient.of(CategoryCounts.builder(2).build(), 0.95))
                        .isEqualTo(new Undefined("there are no labels yet")));
    }

    @Test
    void one_annotator_has_a_reason() {
        Labels.Builder labels = Labels.builder(2);
        IntStream.range(0, 40).forEach(item -> labels.add(item, 0, item % 2).add(item, 0, item % 3 % 2));
        assertThat(CongerKappa.unweighted().of(labels.build(), 0.95)).isEqualTo(new Undefined(Reasons.ONE_ANNOTATOR));
        assertThat(AnnotatorPairs.of(labels.build())).isEmpty();
        assertThat(AnnotatorInfluence.of(labels.build(), GwetAc.ac1()))
                .singleElement()
                .satisfies(influence -> assertThat(influence.change()).isEmpty());
    }

    @Test
    void a_constant_column_has_no_kappa_but_ac1_and_raw_agreement() {
        Labels.Builder labels = Labels.builder(3);
        IntStream.range(0, 40).forEach(item -> labels.add(item, 0, 1).add(item, 1, 1));
        CategoryCounts counts = CategoryCounts.of(labels.build());
        TwoRaterTable table = TwoRaterTable.of(labels.build(), 0, 1);
        assertThat(List.of(
                        FleissKappa.unweighted().of(counts, 0.95),
                        CohenKappa.unweighted().of(table, 0.95),
                        CohenKappa.max(table),
                        ScottPi.of(table, 0.95),
                        CongerKappa.unweighted().of(labels.build(), 0.95),
                        KrippendorffAlpha.nominal().of(counts, 0.95),
                        ContinuousAlpha.interval(new double[][] {{3, 3}, {3, 3}}, 0.95)))
                .allSatisfy(estimate -> assertThat(estimate).isEqualTo(new Undefined(Reasons.ONE_CATEGORY)));
        assertThat(List.of(
                        GwetAc.ac1().of(counts, 0.95),
                        BrennanPrediger.unweighted().of(counts, 0.95),
                        new PercentAgreement().of(counts, 0.95)))
                .allSatisfy(estimate -> {
                    assertThat(value(estimate)).isEqualTo(1);
                    assertThat(estimate)
                            .isInstanceOfSatisfying(
                                    WithoutInterval.class,
                                    without -> assertThat(without.reason()).contains("label more items"));
                });
    }

    @Test
    void a_handful_of_items_has_values_without_intervals() {
        Labels few = Simulated.study(9, 3, 1, 0).labels(RandomSource.XO_SHI_RO_256_PP.create(5L));
        List<Estimate> estimates = new ArrayList<>();
        nominal().forEach(coefficient -> estimates.add(coefficient.of(CategoryCounts.of(few), 0.95)));
        estimates.add(CongerKappa.unweighted().of(few, 0.95));
        estimates.add(PairwiseKappa.light().of(few, 0.95));
        estimates.add(CohenKappa.unweighted().of(TwoRaterTable.of(few, 0, 1), 0.95));
        assertThat(estimates)
                .allSatisfy(estimate -> assertThat(estimate)
                        .isInstanceOfSatisfying(
                                WithoutInterval.class,
                                without -> assertThat(without.reason())
                                        .isEqualTo("an interval needs at least 10 items with two labels or more,"
                                                + " there are 9")));
    }

    @Test
    void two_who_share_no_item_have_no_kappa() {
        TwoRaterTable empty = TwoRaterTable.of(new long[2][2]);
        assertThat(CohenKappa.unweighted().of(empty, 0.95)).isEqualTo(new Undefined(Reasons.NO_COMMON_ITEM));
        assertThat(empty.biasIndex()).isInstanceOf(Undefined.class);
        assertThat(empty.specificAgreement(0)).isInstanceOf(Undefined.class);
        assertThatThrownBy(() -> TwoRaterTable.of(new long[][] {{1, 2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1");
    }

    @Test
    void the_test_against_chance_needs_equally_many_labels() {
        CategoryCounts varying =
                CategoryCounts.builder(2).addItems(9, 2, 1).addItems(9, 1, 1).build();
        assertThat(FleissKappa.againstChance(varying))
                .isInstanceOfSatisfying(
                        TestResult.Undefined.class,
                        undefined -> assertThat(undefined.reason()).contains("same number of labels"));
    }

    private static double value(Estimate estimate) {
        return estimate.point().orElseThrow();
    }
}
