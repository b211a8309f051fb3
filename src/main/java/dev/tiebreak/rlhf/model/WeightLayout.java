package dev.tiebreak.rlhf.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where each weight stands in the list that a program is bound to. All layers have the same weights in the same order.
///
/// @param before embeddings
/// @param layer  weights of one layer, by their names without prefix and number
/// @param after  final norm and head
record WeightLayout(
        List<WeightShape> before, String layerPrefix, List<WeightShape> layer, int layers, List<WeightShape> after) {

    static WeightLayout of(ModelConfig config) {
        Family family = config.family();
        var after = new ArrayList<>(family.finalNorm(config));
        if (config.head() == Head.SCORE) {
            after.add(WeightShape.of("score.weight", 1, config.hidden()));
        } else if (!config.tied()) {
            after.add(WeightShape.of("lm_head.weight", config.vocabulary(), config.hidden()));
        }
        return new WeightLayout(
                family.embeddings(config), family.layerPrefix(), family.layer(config), config.layers(), after);
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
        return layer.size();
    }

    /// Weights in all; the rotary frequencies follow them.
    int size() {
        return before.size() + layers * layer.size() + after.size();
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
        for (int n = 0; n < after.size(); n++) {
            expressions.put(after.get(n).name(), "self.w[" + (size() - after.size() + n) + "]");
        }
        return expressions;
    }

    /// The name of the language head's weight: the token embedding where they are tied.
    String headName() {
        WeightShape last = after.getLast();
        boolean ownHead = last.name().equals("lm_head.weight") || last.name().equals("score.weight");
        return ownHead ? last.name() : before.getFirst().name();
    }
}
