package dev.tiebreak.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Do 95 % intervals cover the truth in 95 % of simulated studies?
class AgreementCoverageTest {
    private static final double[] SCALE = {1, 2, 3, 5};

    static Stream<Named<AnalyticCoefficient>> coefficients() {
        return Stream.of(
                Named.of("percent, pooled", new PercentAgreement()),
                Named.of("percent over items", PercentAgreement.overItems(Weights.linear(SCALE))),
                Named.of("ties as half", PercentAgreement.tiesHalf(1)),
                Named.of("Fleiss", FleissKappa.unweighted()),
                Named.of("Fleiss, quadratic", FleissKappa.weighted(Weights.quadratic(SCALE))),
                Named.of("AC1", GwetAc.ac1()),
                Named.of("AC2, ordinal", GwetAc.ac2(Weights.ordinal())),
                Named.of("Brennan–Prediger", BrennanPrediger.weighted(Weights.linear(SCALE))),
                Named.of("α, nominal", KrippendorffAlpha.nominal()),
                Named.of("α, ordinal", KrippendorffAlpha.ordinal()),
                Named.of("α, interval", KrippendorffAlpha.interval(SCALE)),
                Named.of("α, ratio", KrippendorffAlpha.ratio(SCALE)));
    }

    @ParameterizedTest
    @MethodSource("coefficients")
    void of_coefficients_that_need_counts(AnalyticCoefficient coefficient) {
        Simulated.study(150, 5, 0.7, 0).requireCoverageOfCounts(coefficient);
    }

    @ParameterizedTest
    @MethodSource("coefficients")
    void where_most_items_have_one_label(AnalyticCoefficient coefficient) {
        Simulated.study(600, 4, 1, 0.75).requireCoverageOfCounts(coefficient);
    }

    @Test
    void of_cohens_kappa() {
        Simulated.study(150, 2, 1, 0)
                .requireCoverageOfTable(table -> CohenKappa.unweighted().of(table, 0.95));
        Simulated.study(150, 2, 1, 0)
                .requireCoverageOfTable(
                        table -> CohenKappa.weighted(Weights.quadratic(SCALE)).of(table, 0.95));
    }

    @Test
    void of_two_annotators_treated_alike() {
        Simulated study = Simulated.study(150, 2, 1, 0);
        study.requireCoverageOfTable(table -> ScottPi.of(table, 0.95));
        study.requireCoverageOfTable(table -> GwetAc.ac1().of(table, 0.95));
        study.requireCoverageOfTable(table -> KrippendorffAlpha.ordinal().of(table, 0.95));
        study.requireCoverageOfTable(table -> new PercentAgreement().of(table, 0.95));
    }

    @Test
    void of_congers_kappa() {
        Simulated.study(150, 4, 0.8, 0)
                .requireCoverage(
                        (labels, confidence) -> CongerKappa.unweighted().of(labels, confidence));
        Simulated.study(150, 4, 0.8, 0)
                .requireCoverage((labels, confidence) ->
                        CongerKappa.weighted(Weights.quadratic(SCALE)).of(labels, confidence));
    }

    @Test
    void of_the_mean_of_pairwise_kappas() {
        Simulated.study(150, 4, 0.8, 0)
                .requireCoverage((labels, confidence) -> PairwiseKappa.light().of(labels, confidence));
        Simulated.study(150, 4, 0.8, 0)
                .requireCoverage(
                        (labels, confidence) -> PairwiseKappa.quadratic(SCALE).of(labels, confidence));
    }

    @Test
    void of_one_category_against_the_rest() {
        Simulated.study(150, 5, 0.7, 0)
                .requireCoverage(
                        (labels, confidence) -> FleissKappa.ofCategory(CategoryCounts.of(labels), 1, confidence));
        Simulated.study(150, 5, 0.7, 0)
                .requireCoverage(
                        (labels, confidence) -> KrippendorffAlpha.ofCategory(CategoryCounts.of(labels), 1, confidence));
    }

    @Test
    void of_alpha_of_ratings_with_many_values() {
        Simulated study = Simulated.study(150, 4, 0.8, 0);
        study.requireCoverage((labels, confidence) -> ContinuousAlpha.interval(ratings(labels), confidence));
        study.requireCoverage((labels, confidence) -> ContinuousAlpha.ordinal(ratings(labels), confidence));
    }

    /// Every label's value, moved by the item: as many values as items.
    private static double[][] ratings(Labels labels) {
        double[][] items = new double[labels.items()][];
        for (int item = 0; item < items.length; item++) {
            int[] categories = new int[labels.end(item) - labels.start(item)];
            for (int label = 0; label < categories.length; label++) {
                categories[label] = labels.category(labels.start(item) + label);
            }
            double moved = 0.3 * Math.sin(item);
            items[item] =
                    Arrays.stream(categories).mapToDouble(c -> SCALE[c] + moved).toArray();
        }
        return items;
    }

    /// Targets and judges have standard deviations of 1 and 0.5, single ratings one of 0.8. Judges are drawn anew, as
    /// ICC2 takes them; the other forms treat severity as error or leave it out, and have truths of their own.
    @ParameterizedTest
    @EnumSource
    void of_intraclass_correlations(IntraclassCorrelation form) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3L);
        boolean nested = form == IntraclassCorrelation.ICC1 || form == IntraclassCorrelation.ICC1K;
        double severity = 0.25;
        double single = 0.64;
        int judges = 6;
        double error = switch (form) {
            case ICC1, ICC2 -> severity + single;
            case ICC1K, ICC2K -> (severity + single) / judges;
            case ICC3 -> single;
            case ICC3K -> single / judges;
        };
        int covered = 0;
        for (int study = 0; study < 500; study++) {
            var estimate = (Estimate.Defined) form.of(ratings(random, 30, judges, nested), 0.95);
            covered += estimate.low() <= 1 / (1 + error) && 1 / (1 + error) <= estimate.high() ? 1 : 0;
        }
        assertThat(covered / 500.0).isBetween(0.92, 0.97);
    }

    /// @param nested every target has other judges
    private static double[][] ratings(UniformRandomProvider random, int targets, int judges, boolean nested) {
        var normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] severity = normal.samples(judges).map(x -> 0.5 * x).toArray();
        double[][] ratings = new double[targets][judges];
        for (double[] row : ratings) {
            double target = normal.sample();
            for (int judge = 0; judge < judges; judge++) {
                row[judge] = target + (nested ? 0.5 * normal.sample() : severity[judge]) + 0.8 * normal.sample();
            }
        }
        return ratings;
    }
}
