package dev.tiebreak.rlhf.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The keys of a `config.json`; what is wrong or asks for what we do not compute is named with its key.
final class ConfigKeys {
    private final Path file;
    private final JsonObject json;

    ConfigKeys(Path file, JsonObject json) {
        this.file = file;
        this.json = json;
    }

    /// What a family takes where the file says nothing.
    ///
    /// @param context longest sequence in tokens
    /// @param tied    whether the language head is the token embedding
    /// @param headWidth 0 for H / heads
    record Absent(int context, boolean tied, int headWidth) {}

    /// A model whose keys are Llama's.
    ModelConfig gated(Head head, Family family, Optional<SlidingWindow> window, Absent absent) {
        int hidden = number("hidden_size");
        int heads = number("num_attention_heads");
        if (heads == 0) {
            throw wrong("num_attention_heads", "must be above 0, is 0");
        }
        return config(() -> new ModelConfig(
                head,
                family,
                number("vocab_size"),
                hidden,
                number("intermediate_size"),
                number("num_hidden_layers"),
                heads,
                number("num_key_value_heads", heads),
                number("head_dim", absent.headWidth() > 0 ? absent.headWidth() : hidden / heads),
                number("max_position_embeddings", absent.context()),
                real("rms_norm_eps", 1e-6),
                Optional.of(RopeKeys.read(this)),
                window,
                flag("tie_word_embeddings", absent.tied()),
                real("initializer_range", 0.02),
                firstId("bos_token_id"),
                ids("eos_token_id"),
                firstId("pad_token_id")));
    }

    interface Making {
        ModelConfig make();
    }

    ModelConfig config(Making making) {
        try {
            return making.make();
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file + ": " + e.getMessage(), e);
        }
    }

    /// The window of layers that `layer_types` calls sliding, or where there is no such list, of those that are by
    /// the family's habit.
    Optional<SlidingWindow> window(IntPredicate habit) {
        int layers = number("num_hidden_layers");
        Set<Integer> bound = new HashSet<>();
        if (json.get("layer_types") instanceof JsonArray types) {
            for (int n = 0; n < types.size(); n++) {
                switch (text(types.get(n))) {
                    case "sliding_attention" -> bound.add(n);
                    case "full_attention" -> {}
                    default ->
                        throw wrong(
                                "layer_types",
                                "has " + types.get(n) + "; supported are full_attention and sliding_attention");
                }
            }
        } else {
            for (int n = 0; n < layers; n++) {
                if (habit.test(n)) {
                    bound.add(n);
                }
            }
        }
        return bound.isEmpty()
                ? Optional.empty()
                : Optional.of(new SlidingWindow(number("sliding_window", 4096), bound));
    }

    JsonObject json() {
        return json;
    }

    boolean has(String key) {
        return has(json, key);
    }

    void refuse(String key, String onlySupported) {
        if (has(key) && !text(json.get(key)).equals(onlySupported)) {
            throw wrong(key, "is " + text(json.get(key)) + "; supported is " + onlySupported);
        }
    }

    int number(String key, int absent) {
        return has(key) ? number(key) : absent;
    }

    int number(String key) {
        if (!has(key)) {
            throw wrong(key, "is missing");
        }
        if (!text(json.get(key)).matches("[0-9]{1,9}")) {
            throw wrong(key, "is no whole number: " + json.get(key));
        }
        return json.get(key).getAsInt();
    }

    double real(String key, double absent) {
        return real(json, key, absent);
    }

    double real(JsonObject object, String key, double absent) {
        if (!has(object, key)) {
            return absent;
        }
        if (object.get(key) instanceof JsonPrimitive number && number.isNumber() && number.getAsDouble() > 0) {
            return number.getAsDouble();
        }
        throw wrong(key, "is no number above 0: " + object.get(key));
    }

    boolean flag(String key, boolean absent) {
        return has(key) ? text(json.get(key)).equals("true") : absent;
    }

    List<Integer> ids(String key) {
        JsonArray list = new JsonArray();
        if (json.get(key) instanceof JsonArray many) {
            list = many;
        } else if (has(key)) {
            list.add(json.get(key));
        }
        List<Integer> ids = new ArrayList<>();
        for (JsonElement id : list) {
            if (text(id).matches("[0-9]{1,9}")) { // -1 stands for none in older folders
                ids.add(id.getAsInt());
            }
        }
        return ids;
    }

    Optional<Integer> firstId(String key) {
        return ids(key).stream().findFirst();
    }

    /// The first of a list of texts; empty where there is none.
    String firstText(String key) {
        return json.get(key) instanceof JsonArray list && !list.isEmpty() ? text(list.get(0)) : "";
    }

    CheckpointException wrong(String key, String reason) {
        return new CheckpointException(file + ": '" + key + "' " + reason);
    }

    static boolean has(JsonObject object, String key) {
        return object.has(key) && !object.get(key).isJsonNull();
    }

    static String text(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive primitive ? primitive.getAsString() : "";
    }
}
