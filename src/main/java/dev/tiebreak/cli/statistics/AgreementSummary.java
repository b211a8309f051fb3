package dev.tiebreak.cli.statistics;

import dev.tiebreak.cli.CommandException;
import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import dev.tiebreak.statistics.agreement.AnalyticCoefficient;
import dev.tiebreak.statistics.agreement.AnnotatorInfluence;
import dev.tiebreak.statistics.agreement.AnnotatorPairs;
import dev.tiebreak.statistics.agreement.AnnotatorPairs.PairKappa;
import dev.tiebreak.statistics.agreement.BrennanPrediger;
import dev.tiebreak.statistics.agreement.CategoryCounts;
import dev.tiebreak.statistics.agreement.CohenKappa;
import dev.tiebreak.statistics.agreement.CongerKappa;
import dev.tiebreak.statistics.agreement.ContinuousAlpha;
import dev.tiebreak.statistics.agreement.FleissKappa;
import dev.tiebreak.statistics.agreement.GwetAc;
import dev.tiebreak.statistics.agreement.KrippendorffAlpha;
import dev.tiebreak.statistics.agreement.PairwiseKappa;
import dev.tiebreak.statistics.agreement.PercentAgreement;
import dev.tiebreak.statistics.agreement.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Everything that `agreement` says about a table of labels.
///
/// @param measures every measure that applies, by name
record AgreementSummary(
        Scale scale,
        long items,
        long pairableItems,
        long labels,
        List<String> annotators,
        Map<String, Measure> measures,
        List<Category> categories,
        List<Person> people,
        List<PairKappa> pairs) {

    /// Beyond so many categories, labels are measurements, or the wrong column was named.
    static final int MOST_CATEGORIES = 100;

    /// @param title what a person reads
    record Measure(String title, Estimate estimate) {}

    /// @param share of all labels
    /// @param alpha of this category against all others
    record Category(String name, double share, Estimate alpha) {}

    /// @param influence on α of leaving this person out
    record Person(String name, long labels, AnnotatorInfluence influence) {}

    /// @param completeItems whether items that lack a label are left out where every annotator's is needed
    static AgreementSummary of(LabelTable table, Intervals intervals, boolean completeItems) {
        Scale scale = table.categories();
        if (scale.names().size() <= MOST_CATEGORIES) {
            return ofCategories(table, intervals, completeItems);
        }
        if (scale.level() == Level.NOMINAL) {
            throw new CommandException("the label column has " + scale.names().size()
                    + " different labels; more than " + MOST_CATEGORIES
                    + " are no categories: name another column, or a --level for numbers");
        }
        return ofMeasurements(table, intervals.confidence(), completeItems);
    }

    private static AgreementSummary ofCategories(LabelTable table, Intervals intervals, boolean completeItems) {
        Labels labels = table.labels();
        CategoryCounts counts = CategoryCounts.of(labels);
        KrippendorffAlpha alpha = alpha(table.categories());
        Map<String, Measure> measures = byCounts(table, counts, alpha, intervals);
        List<AnnotatorPairs.Pair> pairs = AnnotatorPairs.of(labels);
        measures.putAll(byAnnotator(labels, pairs, table.categories(), intervals.confidence()));
        measures.putAll(CompleteRatings.measures(table, intervals.confidence(), completeItems));
        return new AgreementSummary(
                table.categories(),
                counts.items(),
                counts.pairableItems(),
                counts.labels(),
                table.annotators(),
                measures,
                categories(counts, table.categories(), intervals.confidence()),
                people(table, AnnotatorInfluence.of(labels, alpha)),
                AnnotatorPairs.kappas(pairs, kappa(table.categories()), intervals.confidence()));
    }

    /// Numbers with too many different values for a table: what needs no categories.
    private static AgreementSummary ofMeasurements(LabelTable table, double confidence, boolean completeItems) {
        double[][] ratings = ratings(table);
        Estimate alpha = switch (table.categories().level()) {
            case ORDINAL -> ContinuousAlpha.ordinal(ratings, confidence);
            case RATIO -> ContinuousAlpha.ratio(ratings, confidence);
            default -> ContinuousAlpha.interval(ratings, confidence);
        };
        Map<String, Measure> measures = new LinkedHashMap<>();
        measures.put(
                "krippendorff_alpha",
                new Measure("Krippendorff's α, " + table.categories().level(), alpha));
        measures.putAll(CompleteRatings.measures(table, confidence, completeItems));
        long pairable = Arrays.stream(ratings).filter(item -> item.length >= 2).count();
        return new AgreementSummary(
                table.categories(),
                ratings.length,
                pairable,
                table.labels().size(),
                table.annotators(),
                measures,
                List.of(),
                people(table, List.of()),
                List.of());
    }

    private static Map<String, Measure> byCounts(
            LabelTable table, CategoryCounts counts, KrippendorffAlpha alpha, Intervals intervals) {
        Scale scale = table.categories();
        Weights weights = weights(scale);
        boolean ordered = scale.level() != Level.NOMINAL;
        List<Planned> planned = new ArrayList<>();
        planned.add(new Planned("percent_agreement", "Percent agreement", new PercentAgreement()));
        if (ordered) {
            planned.add(new Planned("weighted_agreement", "Weighted agreement", PercentAgreement.pooled(weights)));
        }
        planned.add(new Planned("krippendorff_alpha", "Krippendorff's α, " + scale.level(), alpha));
        planned.add(new Planned("fleiss_kappa", "Fleiss' κ" + weighted(scale), FleissKappa.weighted(weights)));
        planned.add(new Planned(
                "brennan_prediger",
                "Brennan–Prediger, Randolph's κ" + weighted(scale),
                BrennanPrediger.weighted(weights)));
        planned.add(
                ordered
                        ? new Planned("gwet_ac2", "Gwet's AC2" + weighted(scale), GwetAc.ac2(weights))
                        : new Planned("gwet_ac1", "Gwet's AC1", GwetAc.ac1()));
        List<Estimate> estimates = intervals.of(
                table.labels(),
                counts,
                planned.stream().map(Planned::coefficient).toList());
        Map<String, Measure> measures = new LinkedHashMap<>();
        for (int i = 0; i < estimates.size(); i++) {
            measures.put(planned.get(i).name(), new Measure(planned.get(i).title(), estimates.get(i)));
        }
        return measures;
    }

    /// A measure of counts, before it is computed.
    private record Planned(String name, String title, AnalyticCoefficient coefficient) {}

    private static Map<String, Measure> byAnnotator(
            Labels labels, List<AnnotatorPairs.Pair> pairs, Scale scale, double confidence) {
        Map<String, Measure> measures = new LinkedHashMap<>();
        measures.put(
                "conger_kappa",
                new Measure(
                        "Conger's κ" + weighted(scale),
                        CongerKappa.weighted(weights(scale)).of(labels, confidence)));
        if (scale.level() == Level.NOMINAL) {
            measures.put(
                    "light_kappa",
                    new Measure(
                            "Light's κ, the mean over pairs",
                            PairwiseKappa.light().of(labels, pairs, confidence)));
        } else {
            measures.put(
                    "mean_pairwise_qwk",
                    new Measure(
                            "Quadratic κ, the mean over pairs",
                            PairwiseKappa.quadratic(scale.values()).of(labels, pairs, confidence)));
        }
        return measures;
    }

    private static List<Category> categories(CategoryCounts counts, Scale scale, double confidence) {
        double labels = counts.labels();
        return IntStream.range(0, counts.categories())
                .mapToObj(category -> new Category(
                        scale.names().get(category),
                        IntStream.range(0, counts.patterns())
                                        .mapToDouble(pattern ->
                                                (double) counts.multiplicity(pattern) * counts.count(pattern, category))
                                        .sum()
                                / labels,
                        KrippendorffAlpha.ofCategory(counts, category, confidence)))
                .toList();
    }

    /// @param influences one a person, or none at all
    private static List<Person> people(LabelTable table, List<AnnotatorInfluence> influences) {
        long[] labels = new long[table.annotators().size()];
        for (int label = 0; label < table.labels().size(); label++) {
            labels[table.labels().annotator(label)]++;
        }
        return IntStream.range(0, influences.size())
                .mapToObj(i -> new Person(table.annotators().get(i), labels[i], influences.get(i)))
                .toList();
    }

    private static double[][] ratings(LabelTable table) {
        Labels labels = table.labels();
        return IntStream.range(0, labels.items())
                .mapToObj(item -> IntStream.range(labels.start(item), labels.end(item))
                        .mapToDouble(label -> table.categories().values()[labels.category(label)])
                        .toArray())
                .toArray(double[][]::new);
    }

    private static KrippendorffAlpha alpha(Scale scale) {
        return switch (scale.level()) {
            case NOMINAL -> KrippendorffAlpha.nominal();
            case ORDINAL -> KrippendorffAlpha.ordinal();
            case INTERVAL -> KrippendorffAlpha.interval(scale.values());
            case RATIO -> KrippendorffAlpha.ratio(scale.values());
        };
    }

    private static Weights weights(Scale scale) {
        return switch (scale.level()) {
            case NOMINAL -> Weights.identity();
            case ORDINAL -> Weights.ordinal();
            case INTERVAL -> Weights.quadratic(scale.values());
            case RATIO -> Weights.ratio(scale.values());
        };
    }

    private static CohenKappa kappa(Scale scale) {
        return scale.level() == Level.NOMINAL
                ? CohenKappa.unweighted()
                : CohenKappa.weighted(Weights.quadratic(scale.values()));
    }

    private static String weighted(Scale scale) {
        return switch (scale.level()) {
            case NOMINAL -> "";
            case ORDINAL -> ", ordinal weights";
            case INTERVAL -> ", quadratic weights";
            case RATIO -> ", ratio weights";
        };
    }
}
