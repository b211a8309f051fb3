package dev.tiebreak.statistics.reliability;

import static dev.tiebreak.statistics.CaseValues.value;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What this package computes for the worked cases, by the name of the statistic and of the expectation.
public final class ReliabilityCases {
    public static final Map<String, Function<JsonNode, Map<String, Object>>> ALL = Map.ofEntries(
            Map.entry("annotator_agreement_with_majority", ReliabilityCases::agreementWithMajority),
            Map.entry("dawid_skene", ReliabilityCases::dawidSkene),
            Map.entry("rasch_mml", ReliabilityCases::rasch));

    private ReliabilityCases() {}

    private static Map<String, Object> agreementWithMajority(JsonNode input) {
        NamedLabels named = NamedLabels.read(input);
        List<Estimate> skills = MajorityVote.of(named.labels()).skills(0.95);
        return Map.of("skill", named.byAnnotator(annotator -> value(skills.get(annotator))));
    }

    /// Maximum likelihood from the shares of votes, or from the majority alone where `init` says so.
    private static Map<String, Object> dawidSkene(JsonNode input) {
        NamedLabels named = NamedLabels.read(input);
        String init = input.path("init").asString("").toLowerCase(Locale.ROOT);
        boolean hard = init.contains("hard") || init.contains("majority") && !init.contains("soft");
        var fit = hard
                ? fromMajority(named.labels())
                : (Consensus.Reached) DawidSkene.maximumLikelihood().of(named.labels());
        Map<String, Object> computed = new LinkedHashMap<>();
        computed.put("class_prior", named.byCategory(category -> fit.classPrior()[category]));
        computed.put("confusion", named.byAnnotator(annotator -> confusion(named, fit, annotator)));
        for (int annotator = 0; annotator < named.annotators().size(); annotator++) {
            computed.put("confusion_annotator" + annotator, confusion(named, fit, annotator));
        }
        computed.put("loglik", fit.logLikelihood());
        computed.put("map_label", named.byItem(item -> labelOf(named, fit.mostProbable(item))));
        computed.put("posterior", named.byItem(item -> named.byCategory(category -> fit.posterior(item, category))));
        return computed;
    }

    static Consensus.Reached fromMajority(Labels labels) {
        MajorityVote vote = MajorityVote.of(labels);
        int categories = labels.categories();
        ExpectationPass pass = new ExpectationPass(labels);
        pass.startFromVotes(index -> vote.winner(index / categories).orElse(0) == index % categories ? 1 : 0);
        AnnotatorModel model = new ConfusionModel(labels.annotators(), categories, 0);
        model.maximise(pass.counts(), pass.truths());
        Em.End end = DawidSkene.maximumLikelihood().em().run(model, pass);
        return new Consensus.Reached(labels, model, pass.posterior(), pass.logLikelihood(), end);
    }

    private static Map<String, Object> confusion(NamedLabels named, Consensus.Reached fit, int annotator) {
        double[][] confusion = fit.confusion(annotator);
        return named.byCategory(truth -> named.byCategory(label -> confusion[truth][label]));
    }

    private static Object labelOf(NamedLabels named, int category) {
        String name = named.categories().get(category);
        return name.matches("-?\\d+(\\.\\d+)?") ? (Object) Double.valueOf(name) : name;
    }

    /// `ability` is "N(0,v)": θ with variance v and slope a is θ with variance 1, slope a√v, and b in units of
    /// √v.
    private static Map<String, Object> rasch(JsonNode input) {
        Responses responses = responses(input);
        double scale = Math.sqrt(variance(input.path("ability").asString("N(0,1)")));
        JsonNode slope = input.path("discrimination");
        RaschModel model = slope.isNumber()
                ? RaschModel.withDiscrimination(slope.asDouble() * scale)
                : RaschModel.estimatingDiscrimination();
        var fit = (RaschFit.Fitted) model.of(responses);
        return Map.of(
                "difficulty",
                        fit.difficulties(0.95).stream()
                                .map(difficulty -> value(difficulty) * scale)
                                .toList(),
                "discrimination", value(fit.discrimination(0.95)) / scale,
                "loglik", fit.logLikelihood());
    }

    private static double variance(String ability) {
        Matcher numbers = Pattern.compile("N\\(\\s*0\\s*,\\s*([0-9.]+)\\s*\\)").matcher(ability);
        return numbers.find() ? Double.parseDouble(numbers.group(1)) : 1;
    }

    /// Patterns by name with their counts, as pairs or objects of both, or a row for each person.
    private static Responses responses(JsonNode input) {
        JsonNode patterns = input.path("patterns");
        List<int[]> rows = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        if (patterns.isObject()) {
            patterns.propertyStream().forEach(pattern -> {
                rows.add(row(pattern.getKey()));
                counts.add(pattern.getValue().asLong());
            });
        } else {
            patterns.forEach(pattern -> {
                JsonNode row = pattern.isObject() ? first(pattern, "pattern", "responses", "row") : pattern;
                boolean pair =
                        row.size() == 2 && (row.get(0).isArray() || row.get(0).isString());
                counts.add(
                        pattern.isObject()
                                ? first(pattern, "count", "n", "freq", "frequency")
                                        .asLong(1)
                                : pair ? row.get(1).asLong() : 1);
                rows.add(row(pair ? row.get(0) : row));
            });
            takeCountsFromLastColumn(rows, counts, input.path("n").asLong(rows.size()));
        }
        Responses responses = new Responses(rows.getFirst().length);
        for (int i = 0; i < rows.size(); i++) {
            responses.addTimes(counts.get(i), rows.get(i));
        }
        return responses;
    }

    private static JsonNode first(JsonNode object, String... names) {
        return Stream.of(names)
                .filter(object::has)
                .findFirst()
                .map(object::path)
                .orElseGet(() -> object.path(names[0]));
    }

    private static int[] row(JsonNode row) {
        return row.isArray()
                ? row.valueStream()
                        .mapToInt(cell -> cell.isNull()
                                ? Responses.MISSING
                                : cell.isBoolean() ? (cell.asBoolean() ? 1 : 0) : cell.asInt(Responses.MISSING))
                        .toArray()
                : row(row.asString());
    }

    /// "01101", with anything else for a missing response; blanks and commas may stand between.
    private static int[] row(String pattern) {
        return pattern.replaceAll("[\\s,;]", "")
                .replace("NA", ".")
                .chars()
                .map(letter -> letter == '1' ? 1 : letter == '0' ? 0 : Responses.MISSING)
                .toArray();
    }

    /// In a table as R prints it, the last column counts: its sum is n, and the rows are fewer.
    private static void takeCountsFromLastColumn(List<int[]> rows, List<Long> counts, long n) {
        long sum = rows.stream().mapToLong(row -> row[row.length - 1]).sum();
        boolean tabulated = rows.stream().anyMatch(row -> IntStream.of(row).anyMatch(cell -> cell > 1));
        if (tabulated || sum == n && rows.size() < n && counts.stream().allMatch(count -> count == 1)) {
            for (int i = 0; i < rows.size(); i++) {
                int[] row = rows.get(i);
                counts.set(i, (long) row[row.length - 1]);
                rows.set(i, Arrays.copyOf(row, row.length - 1));
            }
        }
    }
}
