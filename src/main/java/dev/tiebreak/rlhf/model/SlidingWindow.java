package dev.tiebreak.rlhf.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Set;

/// Attention that looks back only so far in some layers.
///
/// @param tokens seen from each place, itself among them
/// @param layers that are bound to it, counted from 0
public record SlidingWindow(int tokens, Set<Integer> layers) {
    public SlidingWindow {
        layers = Set.copyOf(layers);
        if (tokens <= 0) {
            throw new IllegalArgumentException("sliding_window must be above 0, is " + tokens);
        }
    }

    /// Tokens that a layer sees; 0 for all.
    int of(int layer) {
        return layers.contains(layer) ? tokens : 0;
    }

    void write(int layersInAll, JsonObject json) {
        JsonArray types = new JsonArray();
        for (int n = 0; n < layersInAll; n++) {
            types.add(layers.contains(n) ? "sliding_attention" : "full_attention");
        }
        json.addProperty("sliding_window", tokens);
        json.add("layer_types", types);
    }
}
