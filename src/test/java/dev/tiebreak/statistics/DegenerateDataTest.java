package dev.tiebreak.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.statistics.agreement.AnalyticCoefficient;
import dev.tiebreak.statistics.agreement.AnnotatorInfluence;
import dev.tiebreak.statistics.agreement.AnnotatorPairs;
import dev.tiebreak.statistics.agreement.BrennanPrediger;
import dev.tiebreak.statistics.agreement.CategoryCounts;
import dev.tiebreak.statistics.agreement.CohenKappa;
import dev.tiebreak.statistics.agreement.CongerKappa;
import dev.tiebreak.statistics.agreement.ContinuousAlpha;
import dev.tiebreak.statistics.agreement.FleissKappa;
import dev.tiebreak.statistics.agreement.Footrule;
import dev.tiebreak.statistics.agreement.Friedman;
import dev.tiebreak.statistics.agreement.GwetAc;
import dev.tiebreak.statistics.agreement.IntraclassCorrelation;
import dev.tiebreak.statistics.agreement.ItemBootstrap;
import dev.tiebreak.statistics.agreement.KendallTau;
import dev.tiebreak.statistics.agreement.KendallW;
import dev.tiebreak.statistics.agreement.KrippendorffAlpha;
import dev.tiebreak.statistics.agreement.PairwiseKappa;
import dev.tiebreak.statistics.agreement.PercentAgreement;
import dev.tiebreak.statistics.agreement.SpearmanCorrelation;
import dev.tiebreak.statistics.agreement.TwoRaterTable;
import dev.tiebreak.statistics.agreement.Weights;
import dev.tiebreak.statistics.consistency.CircularTriads;
import dev.tiebreak.statistics.consistency.KendallU;
import dev.tiebreak.statistics.consistency.StochasticTransitivity;
import dev.tiebreak.statistics.drift.EwmaChart;
import dev.tiebreak.statistics.drift.MovingRange;
import dev.tiebreak.statistics.drift.PChart;
import dev.tiebreak.statistics.hypothesis.MarginalHomogeneity;
import dev.tiebreak.statistics.hypothesis.McNemar;
import dev.tiebreak.statistics.ranking.BradleyTerry;
import dev.tiebreak.statistics.ranking.ComparisonRows;
import dev.tiebreak.statistics.ranking.CrowdBradleyTerry;
import dev.tiebreak.statistics.ranking.Firth;
import dev.tiebreak.statistics.ranking.Outcome;
import dev.tiebreak.statistics.ranking.PlackettLuce;
import dev.tiebreak.statistics.ranking.Prior;
import dev.tiebreak.statistics.ranking.Rankings;
import dev.tiebreak.statistics.ranking.ScoreBoard;
import dev.tiebreak.statistics.ranking.TieModel;
import dev.tiebreak.statistics.reliability.Consensus;
import dev.tiebreak.statistics.reliability.DawidSkene;
import dev.tiebreak.statistics.reliability.Mace;
import dev.tiebreak.statistics.reliability.MajorityVote;
import dev.tiebreak.statistics.reliability.OneCoin;
import dev.tiebreak.statistics.reliability.RaschFit;
import dev.tiebreak.statistics.reliability.RaschModel;
import dev.tiebreak.statistics.reliability.Responses;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever small and lopsided data come in, a statistic answers with finite numbers or a reason, never with NaN and
/// never with an exception.
class DegenerateDataTest {
    private static final int STUDIES = 200;

    private final SplittableRandom random = new SplittableRandom(4);

    @Test
    void agreement_of_few_labels_is_a_number_or_a_reason() {
        for (int study = 0; study < STUDIES; study++) {
            Labels labels = labels();
            int q = labels.categories();
            double[] scale = new double[q];
            Arrays.setAll(scale, c -> c);
            CategoryCounts counts = CategoryCounts.of(labels);
            List<AnalyticCoefficient> coefficients = new ArrayList<>(List.of(
                    KrippendorffAlpha.nominal(),
                    KrippendorffAlpha.ordinal(),
                    KrippendorffAlpha.interval(scale),
                    KrippendorffAlpha.ratio(scale)));
            for (Weights weights : List.of(
                    Weights.identity(),
                    Weights.linear(scale),
                    Weights.quadratic(scale),
                    Weights.ordinal(),
                    Weights.radical(scale),
                    Weights.ratio(scale))) {
                coefficients.add(FleissKappa.weighted(weights));
                coefficients.add(BrennanPrediger.weighted(weights));
                coefficients.add(GwetAc.ac2(weights));
                coefficients.add(PercentAgreement.pooled(weights));
                CohenKappa kappa = CohenKappa.weighted(weights);
                requireFinite(AnnotatorPairs.kappas(labels, kappa, 0.95));
                requireFinite(CongerKappa.weighted(weights).of(labels, 0.95));
                requireFinite(PairwiseKappa.of(kappa).of(labels, 0.95));
            }
            for (AnalyticCoefficient coefficient : coefficients) {
                requireFinite(coefficient.of(counts, 0.95));
                requireFinite(AnnotatorInfluence.of(labels, coefficient));
            }
            requireFinite(new ItemBootstrap(100, 1, 0.95).of(counts, coefficients));
            requireFinite(FleissKappa.againstChance(counts));
            requireFinite(KrippendorffAlpha.ordinal().perPattern(counts));
            double[][] ratings = new double[labels.items()][];
            Arrays.setAll(
                    ratings,
                    item -> random.doubles(labels.end(item) - labels.start(item))
                            .map(x -> Math.rint(3 * x))
                            .toArray());
            requireFinite(ContinuousAlpha.interval(ratings, 0.95));
            requireFinite(ContinuousAlpha.ordinal(ratings, 0.95));
            requireFinite(ContinuousAlpha.ratio(ratings, 0.95));
            requireFinite(MajorityVote.of(labels).skills(0.95));
            requireFinite(MajorityVote.of(labels).agreementWithOthers(0.95));
        }
    }

    @Test
    void a_share_of_pairs_has_an_interval_of_shares() {
        CategoryCounts.Builder counts = CategoryCounts.builder(2);
        counts.addItems(11, 1, 1).addItems(1, 2, 0);
        var estimate = (Estimate.Defined) new PercentAgreement().of(counts.build(), 0.95);
        assertThat(estimate.low()).isZero();
    }

    @Test
    void ratings_and_rankings_of_few_are_numbers_or_reasons() {
        for (int study = 0; study < 20 * STUDIES; study++) {
            int n = random.nextInt(1, 6);
            int k = random.nextInt(1, 4);
            int levels = random.nextInt(1, 4);
            double[][] ratings = new double[n][k];
            for (double[] row : ratings) {
                Arrays.setAll(row, _ -> random.nextInt(levels));
            }
            for (IntraclassCorrelation form : IntraclassCorrelation.values()) {
                requireFinite(form.of(ratings, 0.95));
            }
            requireFinite(KendallW.of(ratings));
            requireFinite(KendallW.test(ratings));
            requireFinite(Friedman.test(ratings));
            double[] x = ratings[0];
            double[] y = ratings[n - 1];
            requireFinite(KendallTau.of(x, y));
            requireFinite(KendallTau.test(x, y));
            requireFinite(SpearmanCorrelation.of(x, y));
            requireFinite(SpearmanCorrelation.test(x, y));
            requireFinite(Footrule.of(x, y));
            long[][] table = new long[k][k];
            for (long[] row : table) {
                Arrays.setAll(row, _ -> random.nextInt(levels));
            }
            requireFinite(MarginalHomogeneity.stuartMaxwell(table));
            requireFinite(MarginalHomogeneity.bhapkar(table));
            requireFinite(McNemar.test(table[0][k - 1], table[k - 1][0]));
            requireFinite(McNemar.exact(table[0][k - 1], table[k - 1][0]));
            requireFinite(CohenKappa.max(TwoRaterTable.of(table)));
            double[][] chosen = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    chosen[i][j] = i == j ? 0 : random.nextInt(levels);
                }
            }
            requireFinite(CircularTriads.of(chosen));
            requireFinite(KendallU.of(chosen));
            requireFinite(StochasticTransitivity.of(chosen));
            requireFinite(MovingRange.sigma(x));
            requireFinite(new EwmaChart(0.2, 3, 1, 0).of(x));
            long[] sizes = new long[k];
            long[] misses = new long[k];
            Arrays.setAll(sizes, _ -> random.nextInt(1, 3));
            Arrays.setAll(misses, batch -> random.nextLong(sizes[batch] + 1));
            requireFinite(PChart.of(misses, sizes));
        }
    }

    @Test
    void strengths_from_few_comparisons_are_numbers_or_reasons() {
        for (int study = 0; study < STUDIES; study++) {
            ComparisonRows rows = comparisons();
            for (TieModel ties : TieModel.values()) {
                for (Prior prior : List.of(Prior.none(), Prior.standard(), new Prior.Normal(0.1))) {
                    ScoreBoard board = ScoreBoard.of(rows, new BradleyTerry(ties, prior), 0.95);
                    requireFinite(board);
                }
            }
            requireFinite(ScoreBoard.of(rows.counts(), BradleyTerry.maximumAPosteriori(), 0.95));
            requireFinite(Firth.of(rows.counts()));
            requireFinite(CrowdBradleyTerry.usual().of(rows));
            Rankings.Builder rankings = Rankings.builder(4);
            for (int row = random.nextInt(4); row >= 0; row--) {
                rankings.ranks(1, random.ints(4, 0, 4).toArray());
            }
            Rankings given = rankings.build();
            requireFinite(PlackettLuce.withoutPrior().of(given));
            requireFinite(new PlackettLuce(0.5).of(given));
        }
    }

    @Test
    void reliability_from_few_labels_is_numbers_or_reasons() {
        for (int study = 0; study < STUDIES / 2; study++) {
            Labels labels = labels();
            for (Consensus consensus : List.of(
                    DawidSkene.DEFAULT.of(labels),
                    DawidSkene.maximumLikelihood().of(labels),
                    OneCoin.DEFAULT.of(labels),
                    Mace.DEFAULT.of(labels))) {
                if (consensus instanceof Consensus.Reached reached) {
                    requireFinite(reached.competences(0.95));
                    requireFinite(reached.logLikelihood());
                    requireFinite(reached.classPrior());
                    for (int item = 0; item < labels.items(); item++) {
                        requireFinite(reached.posterior(item));
                        requireFinite(reached.margin(item));
                    }
                    for (int annotator = 0; annotator < labels.annotators(); annotator++) {
                        requireFinite(reached.confusion(annotator));
                    }
                } else {
                    requireFinite(consensus);
                }
            }
            Responses responses = new Responses(3);
            for (int row = random.nextInt(6); row >= 0; row--) {
                responses.add(random.ints(3, -1, 2).toArray());
            }
            for (RaschModel model : List.of(RaschModel.withDiscrimination(1), RaschModel.estimatingDiscrimination())) {
                if (model.of(responses) instanceof RaschFit.Fitted fitted) {
                    requireFinite(fitted.difficulties(0.95));
                    requireFinite(fitted.discrimination(0.95));
                    requireFinite(fitted.ability(0.95, 1, 1, 1));
                    requireFinite(fitted.itemFit());
                    requireFinite(fitted.personFit(0, 0, 0));
                }
            }
        }
    }

    private Labels labels() {
        int categories = random.nextInt(1, 5);
        int annotators = random.nextInt(1, 5);
        int used = random.nextInt(1, categories + 1);
        Labels.Builder labels = Labels.builder(categories);
        int items = random.nextInt(1, 15);
        for (int item = 0; item < items; item++) {
            for (int annotator = 0; annotator < annotators; annotator++) {
                if (random.nextInt(3) > 0) {
                    labels.add(item, annotator, random.nextInt(used));
                }
            }
        }
        return labels.build();
    }

    private ComparisonRows comparisons() {
        int items = random.nextInt(2, 6);
        int outcomes = random.nextInt(1, 4);
        int first = random.nextInt(0, 4 - outcomes);
        ComparisonRows.Builder rows = ComparisonRows.builder().items(items);
        for (int row = random.nextInt(12); row > 0; row--) {
            int left = random.nextInt(items);
            rows.weighted(
                    1,
                    left,
                    (left + random.nextInt(1, items)) % items,
                    Outcome.values()[first + random.nextInt(outcomes)],
                    random.nextInt(3));
        }
        return rows.build();
    }

    private static void requireFinite(@Nullable Object value) {
        switch (value) {
            case null -> {}
            case Double number -> assertThat(number).isFinite();
            case OptionalDouble number -> number.ifPresent(DegenerateDataTest::requireFinite);
            case Optional<?> optional -> optional.ifPresent(DegenerateDataTest::requireFinite);
            case Estimate.Defined defined -> {
                assertThat(new double[] {defined.value(), defined.standardError(), defined.low(), defined.high()})
                        .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
                assertThat(defined.value()).isBetween(defined.low(), defined.high());
            }
            case Collection<?> all -> all.forEach(DegenerateDataTest::requireFinite);
            case Map<?, ?> map -> map.values().forEach(DegenerateDataTest::requireFinite);
            case Record fields -> {
                for (RecordComponent component : fields.getClass().getRecordComponents()) {
                    requireFinite(field(fields, component));
                }
            }
            default -> {
                if (value.getClass().isArray()) {
                    for (int i = 0; i < Array.getLength(value); i++) {
                        requireFinite(Array.get(value, i));
                    }
                }
            }
        }
    }

    private static @Nullable Object field(Record owner, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException broken) {
            throw new AssertionError(component.getName() + " of " + owner.getClass(), broken);
        }
    }
}
