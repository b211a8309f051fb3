package dev.tiebreak.rlhf.model;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/// How `config.json` tells of rotary positions: `rope_theta` and `rope_scaling`, or as transformers 5 writes them,
/// `rope_parameters` with both. The older keys are written, which every version reads.
final class RopeKeys {
    private RopeKeys() {}

    static Rotary read(ConfigKeys keys) {
        JsonObject rope = new JsonObject();
        String key = "rope_scaling";
        for (String name : List.of("rope_parameters", "rope_scaling")) {
            if (keys.json().get(name) instanceof JsonObject found) {
                rope = found;
                key = name;
                break;
            }
        }
        double theta = keys.real(rope, "rope_theta", keys.real("rope_theta", 10_000));
        return new Rotary(theta, scaling(keys, rope, key));
    }

    private static Optional<RopeScaling> scaling(ConfigKeys keys, JsonObject rope, String key) {
        String type = ConfigKeys.text(rope.get(rope.has("rope_type") ? "rope_type" : "type"));
        return switch (type) {
            case "", "default" -> Optional.empty();
            case "llama3" ->
                Optional.of(new RopeScaling(
                        keys.real(rope, "factor", 8),
                        keys.real(rope, "low_freq_factor", 1),
                        keys.real(rope, "high_freq_factor", 4),
                        (int) keys.real(rope, "original_max_position_embeddings", 8192)));
            default -> throw keys.wrong(key, "is of type " + type + "; supported is llama3");
        };
    }

    static void write(Rotary rotary, JsonObject json) {
        json.addProperty("rope_theta", rotary.theta());
        if (rotary.scaling().isPresent()) {
            json.add("rope_scaling", json(rotary.scaling().get()));
        } else {
            json.add("rope_scaling", JsonNull.INSTANCE);
        }
    }

    private static JsonObject json(RopeScaling scaling) {
        JsonObject json = new JsonObject();
        json.addProperty("rope_type", "llama3");
        json.addProperty("factor", scaling.factor());
        json.addProperty("low_freq_factor", scaling.lowFrequency());
        json.addProperty("high_freq_factor", scaling.highFrequency());
        json.addProperty("original_max_position_embeddings", scaling.originalContext());
        return json;
    }
}
