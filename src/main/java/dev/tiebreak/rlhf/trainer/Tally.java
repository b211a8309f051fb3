package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/// Means of metrics between two logged rows, each weighted by what it counts: pairs, tokens or batches.
final class Tally {
    private static final String TERM = "#";

    private final Map<String, double[]> sums = new LinkedHashMap<>();

    /// Adds `count` observations that sum to `sum`.
    void add(String metric, double sum, double count) {
        double[] kept = sums.computeIfAbsent(metric, _ -> new double[2]);
        kept[0] += sum;
        kept[1] += count;
    }

    void add(String metric, double value) {
        add(metric, value, 1);
    }

    /// Adds to a metric that is a sum of means: this term's mean is added to the metric's own.
    void addTerm(String metric, String term, double sum, double count) {
        add(metric + TERM + term, sum, count);
    }

    /// The means, in the order in which the metrics first came; begins anew.
    Map<String, Double> take() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((key, sum) -> means.merge(key.split(TERM, 2)[0], sum[1] == 0 ? 0 : sum[0] / sum[1], Double::sum));
        sums.clear();
        return means;
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        sums.forEach((metric, sum) -> {
            JsonArray pair = new JsonArray();
            pair.add(sum[0]);
            pair.add(sum[1]);
            json.add(metric, pair);
        });
        return json;
    }

    static Tally of(JsonObject json) {
        Tally tally = new Tally();
        json.asMap()
                .forEach((metric, pair) -> tally.add(
                        metric,
                        pair.getAsJsonArray().get(0).getAsDouble(),
                        pair.getAsJsonArray().get(1).getAsDouble()));
        return tally;
    }
}
