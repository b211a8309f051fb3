package dev.tiebreak.rlhf.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.checkpoint.CheckpointException;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// `config.json`, read and written as transformers does; keys that are absent have its defaults.
public final class ModelConfigFile {
    private record Format(Family family, BiFunction<ConfigKeys, Head, ModelConfig> reader) {}

    private static final List<Format> FORMATS = List.of(
            new Format(Llama.PLAIN, Llama::read),
            new Format(new Qwen2(), Qwen2::read),
            new Format(Qwen3.PLAIN, Qwen3::read),
            new Format(new Gpt2(), Gpt2::read),
            new Format(Gemma2.PLAIN, Gemma2::read));

    private ModelConfigFile() {}

    /// @throws CheckpointException naming the key that is missing, wrong, or asks for what we do not compute
    public static ModelConfig read(HuggingFaceFolder folder) {
        ConfigKeys keys = new ConfigKeys(folder.path().resolve("config.json"), folder.config());
        String name = keys.firstText("architectures");
        for (Format format : FORMATS) {
            for (Head head : Head.values()) {
                if (format.family().architecture(head).equals(name)) {
                    return format.reader().apply(keys, head);
                }
            }
        }
        throw keys.wrong(
                "architectures", (name.isEmpty() ? "is missing" : "is " + name) + "; supported are " + supported());
    }

    private static String supported() {
        return FORMATS.stream()
                .flatMap(format -> Arrays.stream(Head.values()).map(format.family()::architecture))
                .collect(Collectors.joining(", "));
    }

    /// A new model's `config.json`.
    public static JsonObject json(ModelConfig config) {
        JsonObject json = new JsonObject();
        json.add("architectures", architectures(config));
        json.addProperty("model_type", config.family().modelType());
        json.addProperty("vocab_size", config.vocabulary());
        config.family().write(config, json);
        json.addProperty("tie_word_embeddings", config.tied());
        json.addProperty("initializer_range", config.initializerRange());
        json.add("bos_token_id", idOrNull(config.bosId()));
        json.add("eos_token_id", oneOrList(config.eosIds()));
        json.add("pad_token_id", idOrNull(config.padId()));
        json.addProperty("torch_dtype", "float32");
        json.addProperty("use_cache", true);
        addLabels(config, json);
        return json;
    }

    /// The `config.json` of a model trained from another: everything the base says stays, but for the head, the pad
    /// token and the float format (float32).
    public static JsonObject derived(JsonObject base, ModelConfig config) {
        JsonObject json = base.deepCopy();
        json.add("architectures", architectures(config));
        json.add("pad_token_id", idOrNull(config.padId()));
        json.remove("dtype"); // newer transformers' name for torch_dtype
        json.addProperty("torch_dtype", "float32");
        addLabels(config, json);
        return json;
    }

    private static void addLabels(ModelConfig config, JsonObject json) {
        if (config.head() == Head.SCORE) {
            Map<String, JsonPrimitive> labels = Map.of("0", new JsonPrimitive("LABEL_0"));
            json.add("id2label", object(labels)); // transformers counts num_labels here
            json.add("label2id", object(Map.of("LABEL_0", new JsonPrimitive(0))));
        }
    }

    private static JsonObject object(Map<String, JsonPrimitive> values) {
        JsonObject object = new JsonObject();
        values.forEach(object::add);
        return object;
    }

    private static JsonArray architectures(ModelConfig config) {
        JsonArray architectures = new JsonArray();
        architectures.add(config.family().architecture(config.head()));
        return architectures;
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
