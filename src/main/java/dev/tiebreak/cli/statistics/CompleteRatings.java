package dev.tiebreak.cli.statistics;

import dev.tiebreak.cli.statistics.AgreementSummary.Measure;
import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import dev.tiebreak.statistics.agreement.IntraclassCorrelation;
import dev.tiebreak.statistics.agreement.KendallW;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Measures that need a rating of every item by every annotator: intraclass correlations of numbers, and Kendall's W of
/// anything ordered.
final class CompleteRatings {
    private static final long MOST_CELLS = 50_000_000;

    private static final Estimate LABELLED_TWICE =
            new Estimate.Undefined("an annotator labelled an item more than once: keep one label of each");

    private CompleteRatings() {}

    static Map<String, Measure> measures(LabelTable table, double confidence, boolean completeItems) {
        Level level = table.categories().level();
        Labels labels = table.labels();
        long cells = (long) labels.items() * labels.annotators();
        if (level == Level.NOMINAL || cells > MOST_CELLS) {
            return Map.of();
        }
        double[][] all = ratings(table);
        double[][] ratings = completeItems ? IntraclassCorrelation.completeTargets(all) : all;
        long rated = Arrays.stream(all)
                .flatMapToDouble(Arrays::stream)
                .filter(rating -> !Double.isNaN(rating))
                .count();
        boolean twice = rated < labels.size();
        Map<String, Measure> measures = new LinkedHashMap<>();
        if (Arrays.stream(ratings).flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN)) {
            measures.put("kendall_w", new Measure("Kendall's W", twice ? LABELLED_TWICE : KendallW.of(ratings)));
        }
        if (level != Level.ORDINAL) {
            for (IntraclassCorrelation form : IntraclassCorrelation.values()) {
                measures.put(
                        form.name().toLowerCase(Locale.ROOT),
                        new Measure(form.name(), twice ? LABELLED_TWICE : form.of(ratings, confidence)));
            }
        }
        return measures;
    }

    /// `[items, annotators]`, NaN where missing.
    private static double[][] ratings(LabelTable table) {
        Labels labels = table.labels();
        double[][] ratings = new double[labels.items()][labels.annotators()];
        for (int item = 0; item < ratings.length; item++) {
            Arrays.fill(ratings[item], Double.NaN);
            for (int label = labels.start(item); label < labels.end(item); label++) {
                ratings[item][labels.annotator(label)] = table.categories().values()[labels.category(label)];
            }
        }
        return ratings;
    }
}
