package dev.tiebreak.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotatorJackknifeTest {
    private static final int CATEGORIES = 4;
    private static final int STUDIES = 500;
    private static final AnnotatorJackknife JACKKNIFE = new AnnotatorJackknife(0.95);
    private static final List<AgreementCoefficient> COEFFICIENTS = List.of(
            new PercentAgreement(),
            KrippendorffAlpha.nominal(),
            KrippendorffAlpha.ordinal(),
            FleissKappa.unweighted(),
            GwetAc.ac1(),
            BrennanPrediger.unweighted());

    /// Annotators have a skill and a favourite of their own; items are the same in every study, the harder the later.
    ///
    /// @param each how many annotators, drawn anew for every item, label it
    private static Labels labels(UniformRandomProvider random, int items, int annotators, int each) {
        double[] skill = IntStream.range(0, annotators)
                .mapToDouble(_ -> 0.4 + 0.55 * random.nextDouble())
                .toArray();
        int[] favourite = IntStream.range(0, annotators)
                .map(_ -> random.nextInt(CATEGORIES))
                .toArray();
        int[] order = IntStream.range(0, annotators).toArray();
        Labels.Builder labels = Labels.builder(CATEGORIES);
        for (int item = 0; item < items; item++) {
            double ease = 1 - 0.5 * item / items;
            for (int i = 0; i < each; i++) {
                int swapped = i + random.nextInt(annotators - i);
                int g = order[swapped];
                order[swapped] = order[i];
                order[i] = g;
                boolean known = random.nextDouble() < skill[g] * ease;
                int guess = random.nextDouble() < 0.5 ? favourite[g] : random.nextInt(CATEGORIES);
                labels.add(item, g, known ? item % 7 % CATEGORIES : guess);
            }
        }
        return labels.build();
    }

    @ParameterizedTest
    @CsvSource({
        "100, 10, 10, 0.97",
        "100, 30, 30, 0.97",
        "300, 40, 5, 0.99", // few labels on an item: the chance in a pair of labels counts twice
        "400, 25, 3, 0.995"
    })
    void covers_what_a_crowd_would_agree_on_these_items(int items, int annotators, int each, double most) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(17L);
        CategoryCounts crowd = CategoryCounts.of(labels(random, items, 1_000, 1_000));
        double[] truth = COEFFICIENTS.stream()
                .mapToDouble(coefficient -> coefficient.of(crowd).point().orElseThrow())
                .toArray();
        double[] covered = new double[truth.length];
        for (int study = 0; study < STUDIES; study++) {
            List<Estimate> estimates = JACKKNIFE.of(labels(random, items, annotators, each), COEFFICIENTS);
            for (int i = 0; i < truth.length; i++) {
                var estimate = (Estimate.Defined) estimates.get(i);
                covered[i] += estimate.low() <= truth[i] && truth[i] <= estimate.high() ? 1.0 / STUDIES : 0;
            }
        }
        assertThat(covered).as("coverage").satisfies(all -> {
            for (double share : all) {
                assertThat(share).as(Arrays.toString(all)).isBetween(0.92, most);
            }
        });
    }

    @Test
    void equals_leaving_out_everybody_by_hand() {
        Labels labels = labels(RandomSource.XO_SHI_RO_256_PP.create(3L), 60, 12, 5);
        AgreementCoefficient alpha = KrippendorffAlpha.nominal();
        double[] without = IntStream.range(0, 12)
                .mapToDouble(left -> alpha.of(CategoryCounts.of(others(labels, left)))
                        .point()
                        .orElseThrow())
                .toArray();
        double mean = Arrays.stream(without).average().orElseThrow();
        double variance = 11
                / 12.0
                * Arrays.stream(without).map(v -> (v - mean) * (v - mean)).sum();
        var estimate = (Estimate.Defined) JACKKNIFE.of(labels, alpha);
        double value = alpha.of(CategoryCounts.of(labels)).point().orElseThrow();
        assertThat(estimate.value()).isEqualTo(value);
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(variance), within(1e-14));
        double half = TDistribution.of(11).inverseCumulativeProbability(0.975) * Math.sqrt(variance);
        assertThat(estimate.low()).isCloseTo(value - half, within(1e-12));
        assertThat(estimate.high()).isCloseTo(value + half, within(1e-12));
    }

    private static Labels others(Labels labels, int left) {
        Labels.Builder others = Labels.builder(CATEGORIES);
        for (int item = 0; item < labels.items(); item++) {
            for (int label = labels.start(item); label < labels.end(item); label++) {
                if (labels.annotator(label) != left) {
                    others.add(item, labels.annotator(label), labels.category(label));
                }
            }
        }
        return others.build();
    }

    @Test
    void who_shares_no_item_with_anybody_changes_no_interval() {
        Labels labels = labels(RandomSource.XO_SHI_RO_256_PP.create(3L), 60, 12, 5);
        Labels.Builder more = Labels.builder(CATEGORIES);
        for (int item = 0; item < labels.items(); item++) {
            for (int label = labels.start(item); label < labels.end(item); label++) {
                more.add(item, labels.annotator(label), labels.category(label));
            }
        }
        more.add(61, 13, 2).add(62, 14, 3);
        assertThat(JACKKNIFE.of(more.build(), new PercentAgreement()))
                .isEqualTo(JACKKNIFE.of(labels, new PercentAgreement()));
    }

    @Test
    void too_few_annotators_and_annotators_nobody_can_do_without_are_reasons() {
        Labels few = labels(RandomSource.XO_SHI_RO_256_PP.create(3L), 60, 9, 4);
        assertThat(JACKKNIFE.of(few, new PercentAgreement()))
                .isInstanceOfSatisfying(
                        Estimate.WithoutInterval.class,
                        bare -> assertThat(bare.reason())
                                .isEqualTo("an interval over annotators needs at least 10 who label items that others"
                                        + " label too, there are 9"));
        Labels.Builder hub = Labels.builder(2);
        for (int item = 0; item < 12; item++) {
            hub.add(item, 0, 0).add(item, item + 1, item % 2);
        }
        assertThat(JACKKNIFE.of(hub.build(), new PercentAgreement()))
                .isInstanceOfSatisfying(
                        Estimate.WithoutInterval.class,
                        bare -> assertThat(bare.reason())
                                .startsWith("without one of the annotators there is no value"));
        Labels.Builder same = Labels.builder(2);
        IntStream.range(0, 12).forEach(g -> same.add(0, g, 0).add(1, g, 1));
        assertThat(JACKKNIFE.of(same.build(), new PercentAgreement()))
                .isInstanceOfSatisfying(
                        Estimate.WithoutInterval.class,
                        bare -> assertThat(bare.reason()).startsWith("nobody's labels change the value"));
        assertThat(JACKKNIFE.of(Labels.builder(2).build(), new PercentAgreement()))
                .isEqualTo(new Estimate.Undefined("there are no labels yet"));
    }
}
