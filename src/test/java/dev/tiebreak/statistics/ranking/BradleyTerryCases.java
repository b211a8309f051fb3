package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.CaseValues.Forms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// What Bradley-Terry models say about the worked cases.
final class BradleyTerryCases {
    static final Map<String, Function<JsonNode, Map<String, Object>>> ALL = Map.of(
            "bradley_terry", input -> counted(input, BradleyTerry.maximumLikelihood()),
            "bradley_terry_half_ties", input -> counted(input, BradleyTerry.maximumLikelihood()),
            "bradley_terry_map",
                    input -> counted(input, BradleyTerry.maximumLikelihood().withPrior(penalty(input))),
            "davidson_ties",
                    input -> counted(input, BradleyTerry.maximumLikelihood().withTies(TieModel.DAVIDSON)),
            "rao_kupper_ties",
                    input -> counted(input, BradleyTerry.maximumLikelihood().withTies(TieModel.RAO_KUPPER)),
            "bradley_terry_firth", BradleyTerryCases::firth,
            "bradley_terry_robust_cov", input -> rowWise(input, Effects.none()),
            "bradley_terry_covariates", input -> rowWise(input, effects(input)),
            "bradley_terry_position_effect", input -> rowWise(input, Effects.ofPosition()));

    private BradleyTerryCases() {}

    private static Map<String, Object> counted(JsonNode input, BradleyTerry model) {
        ComparisonRows rows = CaseComparisons.read(input).rows();
        return values(CaseComparisons.read(input), (BradleyTerryFit) model.of(rows.counts()));
    }

    private static Prior penalty(JsonNode input) {
        String objective = input.path("objective").asString("").replace(" ", "");
        double l2 = input.path("l2").asDouble();
        boolean halved = objective.contains("/2") || objective.contains("0.5*") || objective.contains("1/2");
        return new Prior.Normal(halved ? l2 / 2 : l2);
    }

    private static Map<String, Object> firth(JsonNode input) {
        CaseComparisons comparisons = CaseComparisons.read(input);
        return values(comparisons, (BradleyTerryFit) Firth.of(comparisons.rows().counts()));
    }

    private static Map<String, Object> rowWise(JsonNode input, Effects effects) {
        CaseComparisons comparisons = CaseComparisons.read(input);
        BradleyTerryFit fit = (BradleyTerryFit) BradleyTerry.maximumLikelihood().of(comparisons.rows(), effects);
        Map<String, Object> values = values(comparisons, fit);
        for (int effect = 0; effect < effects(fit).size(); effect++) {
            values.put(fit.effectNames().get(effect), fit.effects()[effect]);
        }
        if (values.containsKey("position")) {
            values.put("home", values.get("position"));
        }
        values.put("se_hc0", standardErrors(comparisons, fit, Errors.ROBUST));
        if (comparisons.rows().annotators() > 0) {
            values.put("se_cluster_annotator", standardErrors(comparisons, fit, Errors.BY_ANNOTATOR));
        }
        return values;
    }

    private static List<String> effects(BradleyTerryFit fit) {
        return fit.effectNames();
    }

    private static Effects effects(JsonNode input) {
        String model = input.path("model").asString("").toLowerCase(Locale.ROOT);
        boolean length = input.has("length_diff") && (model.isEmpty() || model.contains("length"));
        boolean position = model.isEmpty()
                || !model.contains("length")
                || List.of(
                                "position",
                                "intercept",
                                "home",
                                "pos ",
                                "+ pos",
                                "first",
                                "order",
                                "const",
                                "alpha",
                                "gamma",
                                "b0",
                                "beta0")
                        .stream()
                        .anyMatch(model::contains);
        return new Effects(position, length ? List.of(0) : List.of(), false);
    }

    private static Map<String, Object> values(CaseComparisons comparisons, BradleyTerryFit fit) {
        Map<String, Object> values = new LinkedHashMap<>();
        Strengths strengths = fit.strengths();
        values.put("theta", named(comparisons, theta(fit)));
        values.put("theta_ref0", named(comparisons, strengths.relativeTo(0)));
        values.put("theta_mean0", named(comparisons, strengths.meanZero()));
        values.put("pi_gm1", named(comparisons, strengths.geometricMeanOne()));
        values.put("pi_sum1", named(comparisons, strengths.sumOne()));
        values.put("loglik", fit.logLikelihood());
        values.put("deviance", fit.deviance());
        values.put("vcov", fit.covariance(Errors.MODEL).orElseThrow().relativeTo(0));
        values.put(
                "se_ref0",
                named(comparisons, fit.covariance(Errors.MODEL).orElseThrow().standardErrorsRelativeTo(0)));
        values.put("se", standardErrors(comparisons, fit, Errors.MODEL));
        values.put("se_model", values.get("se"));
        fit.tieParameter().ifPresent(parameter -> {
            values.put("nu", parameter);
            values.put("newman_v", parameter / 2);
            values.put("theta_rk", parameter);
        });
        return values;
    }

    /// With a prior as the model has them; else the first item is 0, unless the table says otherwise.
    private static Forms theta(BradleyTerryFit fit) {
        return expected -> {
            Strengths strengths = fit.strengths();
            int n = fit.items();
            if (fit.model().prior().proper()) {
                return strengths.log();
            }
            if (expected.size() == n - 1) {
                return withoutFirst(strengths.relativeTo(0));
            }
            return expected.isArray() && isZero(expected, n - 1) && !isZero(expected, 0)
                    ? strengths.relativeTo(n - 1)
                    : expected.isArray() && !isZero(expected, 0) ? strengths.meanZero() : strengths.relativeTo(0);
        };
    }

    /// Standard errors of strengths, then of effects, then of the tie parameter's logarithm; tables leave some out.
    private static Forms standardErrors(CaseComparisons comparisons, BradleyTerryFit fit, Errors errors) {
        Covariance covariance = fit.covariance(errors).orElseThrow();
        double[] relative = covariance.standardErrorsRelativeTo(0);
        double[] effects = covariance.standardErrorsOfEffects();
        return expected -> {
            if (expected.isObject()) {
                Map<String, Object> all = byName(comparisons, relative);
                for (int effect = 0; effect < fit.effectNames().size(); effect++) {
                    all.put(fit.effectNames().get(effect), effects[effect]);
                    if (fit.effectNames().get(effect).equals("position")) {
                        all.put("home", effects[effect]);
                    }
                }
                return all;
            }
            if (expected.isNumber() && effects.length > 0) {
                return effects[0];
            }
            int n = fit.items();
            int size = expected.size();
            if (isZero(expected, 0)) {
                return size == n ? relative : joined(relative, effects);
            }
            if (size == effects.length && size != n - 1) {
                return effects;
            }
            if (size == n - 1) {
                return withoutFirst(relative);
            }
            return size == n - 1 + effects.length
                    ? joined(withoutFirst(relative), effects)
                    : covariance.standardErrorsMeanZero();
        };
    }

    private static boolean isZero(JsonNode expected, int place) {
        return expected.isArray()
                && place < expected.size()
                && Math.abs(expected.path(place).asDouble()) < 1e-12;
    }

    private static double[] withoutFirst(double[] values) {
        return Arrays.copyOfRange(values, 1, values.length);
    }

    private static double[] joined(double[] left, double[] right) {
        return DoubleStream.concat(Arrays.stream(left), Arrays.stream(right)).toArray();
    }

    /// By place, or by name where the table has names.
    private static Forms named(CaseComparisons comparisons, Object values) {
        return expected -> {
            Object form = values instanceof Forms forms ? forms.matching(expected) : values;
            return expected.isObject() && form instanceof double[] all ? byName(comparisons, all) : form;
        };
    }

    private static Map<String, Object> byName(CaseComparisons comparisons, double[] values) {
        Map<String, Object> byName = new LinkedHashMap<>();
        List<String> items = new ArrayList<>(comparisons.items());
        IntStream.range(0, values.length).forEach(item -> byName.put(items.get(item), values[item]));
        return byName;
    }
}
