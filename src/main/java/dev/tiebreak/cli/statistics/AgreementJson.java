package dev.tiebreak.cli.statistics;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tiebreak.cli.statistics.AgreementSummary.Category;
import dev.tiebreak.cli.statistics.AgreementSummary.Person;
import dev.tiebreak.statistics.agreement.AnnotatorPairs.PairKappa;

/// What `agreement` says, for programs.
final class AgreementJson {

    private AgreementJson() {}

    static JsonObject of(AgreementSummary summary) {
        JsonObject json = new JsonObject();
        json.addProperty("items", summary.items());
        json.addProperty("items_with_two_labels", summary.pairableItems());
        json.addProperty("labels", summary.labels());
        json.addProperty("annotators", summary.annotators().size());
        json.addProperty("level", summary.scale().level().toString());
        JsonObject measures = new JsonObject();
        summary.measures().forEach((name, measure) -> measures.add(name, EstimateJson.of(measure.estimate())));
        json.add("measures", measures);
        JsonArray categories = new JsonArray();
        summary.categories().forEach(category -> categories.add(category(category)));
        json.add("by_category", categories);
        JsonArray people = new JsonArray();
        summary.people().forEach(person -> people.add(person(person)));
        json.add("by_annotator", people);
        JsonArray pairs = new JsonArray();
        summary.pairs().forEach(pair -> pairs.add(pair(summary, pair)));
        json.add("annotator_pairs", pairs);
        return json;
    }

    private static JsonObject category(Category category) {
        JsonObject json = new JsonObject();
        json.addProperty("category", category.name());
        json.addProperty("share", category.share());
        json.add("alpha", EstimateJson.of(category.alpha()));
        return json;
    }

    private static JsonObject person(Person person) {
        JsonObject json = new JsonObject();
        json.addProperty("annotator", person.name());
        json.addProperty("labels", person.labels());
        json.add("alpha_without", EstimateJson.of(person.influence().without()));
        person.influence().change().ifPresent(change -> json.addProperty("change", change));
        return json;
    }

    private static JsonObject pair(AgreementSummary summary, PairKappa pair) {
        JsonObject json = new JsonObject();
        json.addProperty("first", summary.annotators().get(pair.first()));
        json.addProperty("second", summary.annotators().get(pair.second()));
        json.addProperty("items", pair.items());
        json.add("kappa", EstimateJson.of(pair.kappa()));
        return json;
    }
}
