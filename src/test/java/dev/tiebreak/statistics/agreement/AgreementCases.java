package dev.tiebreak.statistics.agreement;

import static dev.tiebreak.statistics.CaseValues.doubles;
import static dev.tiebreak.statistics.CaseValues.matrix;
import static dev.tiebreak.statistics.CaseValues.value;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.TestResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// What this package computes for the worked cases, by the name of the statistic and of the expectation.
///
/// A value that is undefined for the case's data is left out, so that a case that expects it fails by its name.
public final class AgreementCases {
    public static final Map<String, Function<JsonNode, Map<String, Object>>> ALL = Map.ofEntries(
            Map.entry("fleiss_kappa", AgreementCases::fleiss),
            Map.entry("friedman", AgreementCases::friedman),
            Map.entry("gwet_ac", AgreementCases::gwet),
            Map.entry("icc", AgreementCases::icc),
            Map.entry("item_disagreement", AgreementCases::disagreement),
            Map.entry("kendall_w", AgreementCases::kendallW),
            Map.entry("krippendorff_alpha", AgreementCases::alphas),
            Map.entry("krippendorff_alpha_parts", AgreementCases::alphaParts),
            Map.entry("krippendorff_alpha_per_category", AgreementCases::alphaPerCategory),
            Map.entry("krippendorff_alpha_sets", AgreementCases::alphaOfSets),
            Map.entry("mean_pairwise_qwk", AgreementCases::pairwiseQwk),
            Map.entry("multi_rater_counts", AgreementCases::ofCounts),
            Map.entry("multi_rater_kappas", AgreementCases::kappas),
            Map.entry("pairwise_preference_agreement", AgreementCases::preferences),
            Map.entry("rank_correlation", AgreementCases::correlation),
            Map.entry("rank_correlation_ties", AgreementCases::correlation),
            Map.entry("two_rater_table", AgreementCases::table),
            Map.entry("weighted_kappa_custom", AgreementCases::customKappa));

    private static final double CONFIDENCE = 0.95;

    private AgreementCases() {}

    private static Map<String, Object> table(JsonNode input) {
        TwoRaterTable table = tableOf(input.path("table"));
        CategoryCounts counts = table.counts();
        double[] scale = IntStream.range(0, table.categories()).asDoubleStream().toArray();
        Weights weights = weights(input.path("agreement_weights"), scale);
        CohenKappa kappa = CohenKappa.weighted(weights);
        Values values = new Values();
        values.put("po", kappa.parts(table).observed());
        values.put("pe_kappa", kappa.parts(table).expected());
        values.put("kappa", kappa.of(table));
        if (kappa.of(table).point().isPresent()) {
            values.put("se_kappa", kappa.linearised(table).standardError());
        }
        values.put("kappa_max", CohenKappa.max(table));
        values.put("pi", FleissKappa.weighted(weights).of(counts));
        values.put("pe_pi", FleissKappa.weighted(weights).parts(counts).expected());
        values.put("S", BrennanPrediger.weighted(weights).of(counts));
        values.put("ac", GwetAc.ac2(weights).of(counts));
        values.put("pe_ac", GwetAc.ac2(weights).parts(counts).expected());
        values.put("alpha", alpha(weights, table.categories()).of(counts));
        values.put("pos_agree", table.specificAgreement(0));
        values.put("neg_agree", table.specificAgreement(table.categories() - 1));
        return values;
    }

    /// α whose distances are what the weights lack to those on the diagonal.
    private static KrippendorffAlpha alpha(Weights weights, int categories) {
        double[][] agreement = weights.matrix(categories);
        double[][] distances = new double[categories][categories];
        for (int c = 0; c < categories; c++) {
            for (int k = 0; k < categories; k++) {
                distances[c][k] = (agreement[c][c] + agreement[k][k] - agreement[c][k] - agreement[k][c]) / 2;
            }
        }
        return KrippendorffAlpha.with(new Distance.Custom(distances));
    }

    private static Map<String, Object> customKappa(JsonNode input) {
        JsonNode disagreement = input.path("disagreement_weights");
        TwoRaterTable table = tableOf(input.path("table"));
        double[] scale = IntStream.range(0, table.categories()).asDoubleStream().toArray();
        Weights weights =
                disagreement.isArray() ? Weights.ofDisagreement(matrix(disagreement)) : weights(disagreement, scale);
        return new Values().with("kappa", CohenKappa.weighted(weights).of(table));
    }

    /// Counts; shares, as some papers print them, are taken times a power of ten.
    private static TwoRaterTable tableOf(JsonNode rows) {
        double[][] cells = matrix(rows);
        double times = 1;
        while (times < 1e8 && !whole(cells, times)) {
            times *= 10;
        }
        double factor = times;
        return TwoRaterTable.of(Arrays.stream(cells)
                .map(row -> Arrays.stream(row)
                        .mapToLong(cell -> Math.round(cell * factor))
                        .toArray())
                .toArray(long[][]::new));
    }

    private static boolean whole(double[][] cells, double times) {
        return Arrays.stream(cells)
                .flatMapToDouble(Arrays::stream)
                .allMatch(cell -> Math.abs(cell * times - Math.rint(cell * times)) < 1e-9 * times);
    }

    private static Weights weights(JsonNode weights, double[] scale) {
        if (weights.isArray()) {
            return Weights.ofAgreement(matrix(weights));
        }
        String name = weights.asString("unweighted").toLowerCase(Locale.ROOT).replace('_', '-');
        return switch (name) {
            case "", "unweighted", "identity", "none", "nominal" -> Weights.identity();
            case "linear", "equal", "equal-spacing", "cicchetti-allison" -> Weights.linear(scale);
            case "quadratic", "squared", "fleiss-cohen", "interval" -> Weights.quadratic(scale);
            case "ordinal" -> Weights.ordinal();
            case "radical" -> Weights.radical(scale);
            case "ratio" -> Weights.ratio(scale);
            case "circular" -> Weights.circular(scale);
            case "bipolar" -> Weights.bipolar(scale);
            default -> throw new AssertionError("weights of an unknown kind: " + weights);
        };
    }

    private static Map<String, Object> fleiss(JsonNode input) {
        CategoryCounts counts =
                input.has("counts") ? counts(input) : CaseRatings.read(input).counts();
        Values values = new Values();
        values.put("po", FleissKappa.unweighted().parts(counts).observed());
        values.put("pe", FleissKappa.unweighted().parts(counts).expected());
        values.put("kappa", FleissKappa.unweighted().of(counts));
        FleissKappa.standardErrorUnderChance(counts).ifPresent(se -> values.put("se0", se));
        if (FleissKappa.againstChance(counts) instanceof TestResult.Tested tested) {
            values.put("z", tested.statistic());
            values.put("p", tested.p());
        }
        List<Estimate> perCategory = IntStream.range(0, counts.categories())
                .mapToObj(category -> FleissKappa.ofCategory(counts, category, CONFIDENCE))
                .toList();
        values.put("per_category", (Object) perCategory(input.path("categories"), perCategory));
        return values;
    }

    /// By the name of the category where the case names them, else from 1.
    private static Map<String, Object> perCategory(JsonNode names, List<Estimate> estimates) {
        Map<String, Object> byName = new LinkedHashMap<>();
        for (int category = 0; category < estimates.size(); category++) {
            String name = names.has(category) ? names.path(category).asString() : String.valueOf(category + 1);
            byName.put(
                    name,
                    estimates.get(category).point().stream().boxed().findFirst().orElse(null));
        }
        return byName;
    }

    private static CategoryCounts counts(JsonNode input) {
        List<int[]> items = input.path("counts")
                .valueStream()
                .map(row -> Arrays.stream(doubles(row))
                        .mapToInt(count -> (int) Math.rint(count))
                        .toArray())
                .toList();
        return CategoryCounts.of(items.getFirst().length, items);
    }

    private static Map<String, Object> ofCounts(JsonNode input) {
        CategoryCounts counts = counts(input);
        Values values = new Values();
        values.put("pa", PercentAgreement.overItems(Weights.identity()).of(counts));
        values.put("ac1", GwetAc.ac1().of(counts));
        GwetAc.ac1().publishedStandardError(counts).ifPresent(se -> values.put("ac1_se", se));
        values.put("fleiss", FleissKappa.unweighted().of(counts));
        values.put("brennan_prediger", BrennanPrediger.unweighted().of(counts));
        values.put("alpha", KrippendorffAlpha.nominal().of(counts));
        return values;
    }

    private static Map<String, Object> kappas(JsonNode input) {
        CaseRatings ratings = CaseRatings.read(input);
        return new Values()
                .with("conger", CongerKappa.unweighted().of(ratings.labels(), CONFIDENCE))
                .with("fleiss", FleissKappa.unweighted().of(ratings.counts()))
                .with("light", PairwiseKappa.light().of(ratings.labels(), CONFIDENCE))
                .with("randolph", BrennanPrediger.unweighted().of(ratings.counts()));
    }

    private static Map<String, Object> gwet(JsonNode input) {
        CaseRatings ratings = CaseRatings.read(input);
        CategoryCounts counts = ratings.counts();
        GwetAc ac = GwetAc.ac2(weights(input.path("weights"), ratings.scale()));
        Values values = new Values();
        values.put("pa", ac.parts(counts).observed());
        values.put("pe", ac.parts(counts).expected());
        values.put("coef", ac.of(counts));
        ac.publishedStandardError(counts).ifPresent(se -> values.put("se", se));
        return values;
    }

    private static Map<String, Object> pairwiseQwk(JsonNode input) {
        CaseRatings ratings = CaseRatings.read(input);
        CohenKappa qwk = CohenKappa.weighted(Weights.quadratic(ratings.scale()));
        return new Values()
                .with("mean", PairwiseKappa.quadratic(ratings.scale()).of(ratings.labels(), CONFIDENCE))
                .with(
                        "pairs",
                        AnnotatorPairs.kappas(ratings.labels(), qwk, CONFIDENCE).stream()
                                .flatMapToDouble(pair -> pair.kappa().point().stream())
                                .toArray());
    }

    private static Map<String, Object> preferences(JsonNode input) {
        CaseRatings votes = CaseRatings.read(input);
        CategoryCounts counts = votes.counts();
        int tie = votes.categoryOf("tie", "Tie", "TIE", "tied", "equal", "both", "same", "=", "T");
        PercentAgreement exact = new PercentAgreement();
        return new Values()
                .with("exact", exact.of(counts))
                .with("ties_half", (tie < 0 ? exact : PercentAgreement.tiesHalf(tie)).of(counts));
    }

    private static Map<String, Object> alphas(JsonNode input) {
        CaseRatings ratings = CaseRatings.read(input);
        CategoryCounts counts = ratings.counts();
        Values alphas = new Values()
                .with("nominal", KrippendorffAlpha.nominal().of(counts))
                .with("ordinal", KrippendorffAlpha.ordinal().of(counts))
                .with("interval", KrippendorffAlpha.interval(ratings.scale()).of(counts))
                .with(
                        "circular",
                        KrippendorffAlpha.with(new Distance.Circular(ratings.scale()))
                                .of(counts))
                .with(
                        "bipolar",
                        KrippendorffAlpha.with(new Distance.Bipolar(ratings.scale()))
                                .of(counts));
        if (Arrays.stream(ratings.scale()).allMatch(value -> value >= 0)) {
            alphas.put("ratio", KrippendorffAlpha.ratio(ratings.scale()).of(counts));
        }
        return alphas;
    }

    private static KrippendorffAlpha alpha(JsonNode metric, double[] scale) {
        String name = metric.asString("nominal").toLowerCase(Locale.ROOT);
        return KrippendorffAlpha.with(
                switch (name.split("[ ,]")[0]) {
                    case "ordinal" -> new Distance.Ordinal();
                    case "interval" -> new Distance.Interval(scale);
                    case "ratio" -> new Distance.Ratio(scale);
                    case "circular" -> new Distance.Circular(scale);
                    case "bipolar" -> new Distance.Bipolar(scale);
                    default -> new Distance.Nominal();
                });
    }

    private static Map<String, Object> alphaParts(JsonNode input) {
        CaseRatings ratings = CaseRatings.read(input);
        KrippendorffAlpha alpha = alpha(input.path("metric"), ratings.scale());
        return parts(alpha, ratings.counts());
    }

    private static Values parts(KrippendorffAlpha alpha, CategoryCounts counts) {
        KrippendorffAlpha.Parts parts = alpha.parts(counts);
        Values values = new Values();
        values.put("Do", parts.observed());
        values.put("De", parts.expected());
        values.put("alpha", alpha.of(counts));
        values.put("n_pairable", (double) parts.pairableLabels());
        return values;
    }

    private static Map<String, Object> alphaPerCategory(JsonNode input) {
        CaseRatings ratings = CaseRatings.read(input);
        Values alphas = new Values();
        for (int category = 0; category < ratings.categories().size(); category++) {
            alphas.put(
                    ratings.categories().get(category),
                    KrippendorffAlpha.ofCategory(ratings.counts(), category, CONFIDENCE));
        }
        return alphas;
    }

    /// Every cell a list of labels, one word for a set of one, null where missing.
    private static Map<String, Object> alphaOfSets(JsonNode input) {
        List<List<Set<String>>> items = input.path("ratings")
                .valueStream()
                .map(row -> row.valueStream()
                        .filter(cell -> !cell.isNull())
                        .map(AgreementCases::set)
                        .toList())
                .toList();
        List<Set<String>> categories =
                items.stream().flatMap(List::stream).distinct().toList();
        List<int[]> counts = new ArrayList<>();
        items.forEach(item -> {
            int[] count = new int[categories.size()];
            item.forEach(set -> count[categories.indexOf(set)]++);
            counts.add(count);
        });
        String distance = input.path("distance").asString("masi").toLowerCase(Locale.ROOT);
        Distance between = switch (distance) {
            case "masi" -> SetDistance.MASI.of(categories);
            case "jaccard" -> SetDistance.JACCARD.of(categories);
            default -> new Distance.Nominal();
        };
        return parts(KrippendorffAlpha.with(between), CategoryCounts.of(categories.size(), counts));
    }

    private static Set<String> set(JsonNode cell) {
        return cell.isArray()
                ? cell.valueStream().map(CaseRatings::text).collect(Collectors.toCollection(TreeSet::new))
                : new TreeSet<>(Set.of(CaseRatings.text(cell)));
    }

    private static Map<String, Object> icc(JsonNode input) {
        double[][] ratings =
                IntraclassCorrelation.completeTargets(CaseRatings.read(input).matrix());
        IntraclassCorrelation.MeanSquares squares = IntraclassCorrelation.MeanSquares.of(ratings);
        Values values = new Values();
        for (IntraclassCorrelation form : IntraclassCorrelation.values()) {
            values.put(form.name().replace('K', 'k'), form.of(ratings, CONFIDENCE));
        }
        values.put("MSR", squares.betweenTargets());
        values.put("MSC", squares.betweenJudges());
        values.put("MSE", squares.residual());
        values.put("MSW", squares.withinTargets());
        return values;
    }

    private static Map<String, Object> kendallW(JsonNode input) {
        double[][] ratings =
                IntraclassCorrelation.completeTargets(CaseRatings.read(input).matrix());
        Values values = new Values()
                .with("W_tie_corrected", KendallW.of(ratings))
                .with("W_uncorrected", KendallW.uncorrected(ratings));
        return values.with(KendallW.test(ratings));
    }

    private static Map<String, Object> friedman(JsonNode input) {
        return new Values().with(Friedman.test(matrix(input.path("blocks"))));
    }

    private static Map<String, Object> correlation(JsonNode input) {
        double[] x = doubles(input.path("x"));
        double[] y = doubles(input.path("y"));
        Values values = new Values()
                .with("tau", KendallTau.of(x, y))
                .with("tau_b", KendallTau.of(x, y))
                .with("spearman", SpearmanCorrelation.of(x, y))
                .with("footrule", Footrule.of(x, y));
        if (KendallTau.test(x, y) instanceof TestResult.Tested tested) {
            values.put("p_exact", tested.p());
        }
        return values;
    }

    private static Map<String, Object> disagreement(JsonNode input) {
        List<int[]> votes = input.path("votes")
                .valueStream()
                .map(item -> item.valueStream().mapToInt(JsonNode::asInt).toArray())
                .toList();
        return Map.of(
                "entropy_bits",
                        votes.stream()
                                .mapToDouble(ItemDisagreement::entropyBits)
                                .toArray(),
                "pair_agreement",
                        votes.stream()
                                .mapToDouble(item ->
                                        ItemDisagreement.pairAgreement(item).orElse(0))
                                .toArray());
    }

    /// Values by name, undefined ones left out.
    private static final class Values extends LinkedHashMap<String, Object> {
        Values with(String name, Estimate estimate) {
            put(name, estimate);
            return this;
        }

        Values with(String name, double[] values) {
            put(name, (Object) values);
            return this;
        }

        Values with(TestResult result) {
            if (result instanceof TestResult.Tested tested) {
                put("chi2", tested.statistic());
                put("df", tested.degreesOfFreedom());
                put("p", tested.p());
            }
            return this;
        }

        void put(String name, Estimate estimate) {
            estimate.point().ifPresent(_ -> put(name, (Object) value(estimate)));
        }
    }
}
