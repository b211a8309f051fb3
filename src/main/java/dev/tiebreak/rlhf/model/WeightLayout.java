package dev.tiebreak.rlhf.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Where each weight stands in the list that a program is bound to. All layers have the same weights in the same order,
/// and after them what belongs to their adapters.
///
/// @param before  embeddings
/// @param layer   weights of one layer, by their names without prefix and number
/// @param after   final norm and head
/// @param adapted the projections of a layer that carry a low-rank adapter, likewise
/// @param dora    whether those adapters have magnitudes
record WeightLayout(
        List<WeightShape> before,
        String layerPrefix,
        List<WeightShape> layer,
        int layers,
        List<WeightShape> after,
        List<String> adapted,
        boolean dora) {
    static final String SCORE = "score.weight";
    private static final List<String> ADAPTER = List.of("lora_A", "lora_B", "scale", "lora_magnitude_vector");

    static WeightLayout of(ModelConfig config) {
        Family family = config.family();
        var after = new ArrayList<>(family.finalNorm(config));
        if (config.head() == Head.SCORE) {
            after.add(WeightShape.of(SCORE, 1, config.hidden()));
        } else if (!config.tied()) {
            after.add(WeightShape.of("lm_head.weight", config.vocabulary(), config.hidden()));
        }
        return new WeightLayout(
                family.embeddings(config),
                family.layerPrefix(),
                family.layer(config),
                config.layers(),
                after,
                List.of(),
                false);
    }

    WeightLayout with(AdapterWeights adapter) {
        return new WeightLayout(before, layerPrefix, layer, layers, after, adapter.modules(this), adapter.dora());
    }

    /// The linear weights of a layer, by their names without prefix and number.
    List<WeightShape> projections() {
        return layer.stream().filter(weight -> !weight.isVector()).toList();
    }

    /// Those of all layers, by their names in the model.
    List<WeightShape> projectionsOfAllLayers() {
        return IntStream.range(0, layers)
                .mapToObj(n -> layerPrefix + n + ".")
                .flatMap(prefix -> projections().stream().map(weight -> weight.under(prefix)))
                .toList();
    }

    private List<String> ofOneAdapter() {
        return dora ? ADAPTER : ADAPTER.subList(0, 3);
    }

    List<WeightShape> all() {
        var all = new ArrayList<>(before);
        for (int n = 0; n < layers; n++) {
            for (WeightShape weight : layer) {
                all.add(weight.under(layerPrefix + n + "."));
            }
        }
        all.addAll(after);
        return List.copyOf(all);
    }

    int firstOfLayers() {
        return before.size();
    }

    int perLayer() {
        return layer.size() + adapted.size() * ofOneAdapter().size();
    }

    /// Weights in all; the rotary frequencies follow them.
    int size() {
        return before.size() + layers * perLayer() + after.size();
    }

    /// The expression that reads each weight in the text of the program: of a layer's own, `i` is where they begin.
    Map<String, String> expressions() {
        var expressions = new HashMap<String, String>();
        for (int n = 0; n < before.size(); n++) {
            expressions.put(before.get(n).name(), "self.w[" + n + "]");
        }
        for (int n = 0; n < layer.size(); n++) {
            expressions.put(layer.get(n).name(), "self.w[i + " + n + "]");
        }
        int next = layer.size();
        for (String module : adapted) {
            for (String part : ofOneAdapter()) {
                expressions.put(module + "." + part, "self.w[i + " + next++ + "]");
            }
        }
        for (int n = 0; n < after.size(); n++) {
            expressions.put(after.get(n).name(), "self.w[" + (size() - after.size() + n) + "]");
        }
        return expressions;
    }

    /// The name of the language head's weight: the token embedding where they are tied.
    String headName() {
        WeightShape last = after.getLast();
        boolean ownHead = last.name().equals("lm_head.weight") || last.name().equals(SCORE);
        return ownHead ? last.name() : before.getFirst().name();
    }
}
