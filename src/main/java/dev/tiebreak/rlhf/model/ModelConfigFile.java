package dev.tiebreak.rlhf.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.checkpoint.CheckpointException;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `config.json` of a Llama-family model, read and written as transformers' `LlamaConfig` does; keys that are absent
/// have its defaults.
public final class ModelConfigFile {
    private final Path file;
    private final JsonObject json;

    private ModelConfigFile(Path file, JsonObject json) {
        this.file = file;
        this.json = json;
    }

    /// @throws CheckpointException naming the key that is missing, wrong, or asks for what we do not compute
    public static ModelConfig read(HuggingFaceFolder folder) {
        return new ModelConfigFile(folder.path().resolve("config.json"), folder.config()).config();
    }

    /// A new model's `config.json`.
    public static JsonObject json(ModelConfig config) {
        JsonObject json = new JsonObject();
        json.add("architectures", architectures(config.head()));
        json.addProperty("model_type", "llama");
        json.addProperty("vocab_size", config.vocabulary());
        json.addProperty("hidden_size", config.hidden());
        json.addProperty("intermediate_size", config.intermediate());
        json.addProperty("num_hidden_layers", config.layers());
        json.addProperty("num_attention_heads", config.heads());
        json.addProperty("num_key_value_heads", config.keyValueHeads());
        json.addProperty("head_dim", config.headWidth());
        json.addProperty("max_position_embeddings", config.context());
        json.addProperty("hidden_act", "silu");
        json.addProperty("rms_norm_eps", config.normEpsilon());
        json.addProperty("rope_theta", config.ropeTheta());
        json.add(
                "rope_scaling",
                config.ropeScaling().<JsonElement>map(ModelConfigFile::json).orElse(JsonNull.INSTANCE));
        json.addProperty("attention_bias", false);
        json.addProperty("mlp_bias", false);
        json.addProperty("attention_dropout", 0.0);
        json.addProperty("tie_word_embeddings", config.tied());
        json.addProperty("initializer_range", config.initializerRange());
        json.add("bos_token_id", idOrNull(config.bosId()));
        json.add("eos_token_id", oneOrList(config.eosIds()));
        json.add("pad_token_id", idOrNull(config.padId()));
        json.addProperty("torch_dtype", "float32");
        json.addProperty("use_cache", true);
        return json;
    }

    /// The `config.json` of a model trained from another: everything the base says stays, but for the head, the pad
    /// token and the float format (float32).
    public static JsonObject derived(JsonObject base, ModelConfig config) {
        JsonObject json = base.deepCopy();
        json.add("architectures", architectures(config.head()));
        json.add("pad_token_id", idOrNull(config.padId()));
        json.remove("dtype"); // newer transformers' name for torch_dtype
        json.addProperty("torch_dtype", "float32");
        if (config.head() == Head.SCORE) {
            JsonObject labels = new JsonObject();
            labels.addProperty("0", "LABEL_0");
            json.add("id2label", labels); // transformers counts num_labels here
            JsonObject ids = new JsonObject();
            ids.addProperty("LABEL_0", 0);
            json.add("label2id", ids);
        }
        return json;
    }

    private ModelConfig config() {
        Head head = head();
        refuse("attention_bias", "false");
        refuse("mlp_bias", "false");
        refuse("hidden_act", "silu");
        int hidden = number("hidden_size");
        int heads = number("num_attention_heads");
        if (heads == 0) {
            throw wrong("num_attention_heads", "must be above 0, is 0");
        }
        try {
            return new ModelConfig(
                    head,
                    number("vocab_size"),
                    hidden,
                    number("intermediate_size"),
                    number("num_hidden_layers"),
                    heads,
                    number("num_key_value_heads", heads),
                    number("head_dim", hidden / heads),
                    number("max_position_embeddings", 2048),
                    real(json, "rms_norm_eps", 1e-6),
                    real(rope(), "rope_theta", real(json, "rope_theta", 10_000)),
                    ropeScaling(),
                    flag("tie_word_embeddings"),
                    real(json, "initializer_range", 0.02),
                    ids("bos_token_id").stream().findFirst(),
                    ids("eos_token_id"),
                    ids("pad_token_id").stream().findFirst());
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file + ": " + e.getMessage(), e);
        }
    }

    private Head head() {
        String name = json.get("architectures") instanceof JsonArray list && !list.isEmpty() ? text(list.get(0)) : "";
        return Arrays.stream(Head.values())
                .filter(head -> head.architecture().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(
                        "architectures",
                        (name.isEmpty() ? "is missing" : "is " + name) + "; supported are "
                                + Arrays.stream(Head.values())
                                        .map(Head::architecture)
                                        .collect(Collectors.joining(" and "))));
    }

    private void refuse(String key, String onlySupported) {
        if (has(json, key) && !text(json.get(key)).equals(onlySupported)) {
            throw wrong(key, "is " + text(json.get(key)) + "; supported is " + onlySupported);
        }
    }

    private Optional<RopeScaling> ropeScaling() {
        JsonObject rope = rope();
        String type = text(rope.get(rope.has("rope_type") ? "rope_type" : "type"));
        return switch (type) {
            case "", "default" -> Optional.empty();
            case "llama3" ->
                Optional.of(new RopeScaling(
                        real(rope, "factor", 8),
                        real(rope, "low_freq_factor", 1),
                        real(rope, "high_freq_factor", 4),
                        (int) real(rope, "original_max_position_embeddings", 8192)));
            default -> throw wrong("rope_scaling", "is of type " + type + "; supported is llama3");
        };
    }

    /// `rope_scaling`, or `rope_parameters` as transformers 5 writes it; empty where there is neither.
    private JsonObject rope() {
        for (String key : List.of("rope_parameters", "rope_scaling")) {
            if (json.get(key) instanceof JsonObject rope) {
                return rope;
            }
        }
        return new JsonObject();
    }

    private int number(String key, int absent) {
        return has(json, key) ? number(key) : absent;
    }

    private int number(String key) {
        if (!has(json, key)) {
            throw wrong(key, "is missing");
        }
        if (!text(json.get(key)).matches("[0-9]{1,9}")) {
            throw wrong(key, "is no whole number: " + json.get(key));
        }
        return json.get(key).getAsInt();
    }

    private double real(JsonObject object, String key, double absent) {
        if (!has(object, key)) {
            return absent;
        }
        if (object.get(key) instanceof JsonPrimitive number && number.isNumber() && number.getAsDouble() > 0) {
            return number.getAsDouble();
        }
        throw wrong(key, "is no number above 0: " + object.get(key));
    }

    private boolean flag(String key) {
        return text(json.get(key)).equals("true");
    }

    private List<Integer> ids(String key) {
        JsonArray list = new JsonArray();
        if (json.get(key) instanceof JsonArray many) {
            list = many;
        } else if (has(json, key)) {
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

    private CheckpointException wrong(String key, String reason) {
        return new CheckpointException(file + ": '" + key + "' " + reason);
    }

    private static boolean has(JsonObject object, String key) {
        return object.has(key) && !object.get(key).isJsonNull();
    }

    private static String text(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive primitive ? primitive.getAsString() : "";
    }

    private static JsonArray architectures(Head head) {
        JsonArray architectures = new JsonArray();
        architectures.add(head.architecture());
        return architectures;
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

    private static JsonElement idOrNull(Optional<Integer> id) {
        return id.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE);
    }

    private static JsonElement oneOrList(List<Integer> ids) {
        if (ids.size() < 2) {
            return idOrNull(ids.stream().findFirst());
        }
        JsonArray list = new JsonArray();
        ids.forEach(list::add);
        return list;
    }
}
