package dev.tiebreak.statistics.reliability;

import static dev.tiebreak.statistics.CaseValues.value;

import dev.tiebreak.statistics.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What this package computes for the worked cases, by the name of the statistic and of the expectation.
public final class ReliabilityCases {
    public static final Map<String, Function<JsonNode, Map<String, Object>>> ALL = Map.ofEntries(
            Map.entry("annotator_agreement_with_majority", ReliabilityCases::agreementWithMajority),
            Map.entry("dawid_skene", ReliabilityCases::dawidSkene));

    private ReliabilityCases() {}

    private static Map<String, Object> agreementWithMajority(JsonNode input) {
        NamedLabels named = NamedLabels.read(input);
        List<Estimate> skills = MajorityVote.of(named.labels()).skills(0.95);
        return Map.of("skill", named.byAnnotator(annotator -> value(skills.get(annotator))));
    }

    /// Maximum likelihood from the shares of votes, whatever the words of `init`: no other start is published.
    private static Map<String, Object> dawidSkene(JsonNode input) {
        NamedLabels named = NamedLabels.read(input);
        var fit = (Consensus.Reached) DawidSkene.maximumLikelihood().of(named.labels());
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

    private static Map<String, Object> confusion(NamedLabels named, Consensus.Reached fit, int annotator) {
        double[][] confusion = fit.confusion(annotator);
        return named.byCategory(truth -> named.byCategory(label -> confusion[truth][label]));
    }

    private static Object labelOf(NamedLabels named, int category) {
        String name = named.categories().get(category);
        return name.matches("-?\\d+(\\.\\d+)?") ? (Object) Double.valueOf(name) : name;
    }
}
