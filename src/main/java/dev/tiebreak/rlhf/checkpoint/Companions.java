package dev.tiebreak.rlhf.checkpoint;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrittenAside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What lies beside a model's weights and a trained model carries on unchanged: the tokenizer's files, the chat
/// template and, where there is one, `generation_config.json`. Held in memory, so that it outlives its folder.
public final class Companions {
    private static final String GENERATION_CONFIG = "generation_config.json";
    private static final List<String> NAMES = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "chat_template.jinja",
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "tokenizer.model",
            GENERATION_CONFIG);

    private final Map<String, byte[]> files;

    private Companions(Map<String, byte[]> files) {
        this.files = files;
    }

    /// @param model whose `generation_config.json` is taken where the folder has none
    static Companions read(Path folder, Path model) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : NAMES) {
            Path own = folder.resolve(name);
            Path file = name.equals(GENERATION_CONFIG) && !Files.exists(own) ? model.resolve(name) : own;
            if (Files.exists(file)) {
                try {
                    files.put(name, Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new CheckpointException(file + ": cannot be read (" + e.getMessage() + ")", e);
                }
            }
        }
        return new Companions(files);
    }

    /// What writes the weights of a new model, such as [WeightFiles].
    @FunctionalInterface
    public interface Weights {
        void writeInto(Path folder) throws IOException;
    }

    /// Writes a new model: `config.json`, weights, and these files. The folder appears as a whole or
    /// not at all; one that was there is replaced.
    public void writeDerived(Path target, JsonObject newConfig, Weights weights) throws IOException {
        WrittenAside.writeFolder(target, folder -> writeDerivedInto(folder, newConfig, weights));
    }

    /// The same files into a folder that is being written by the caller, such as a training checkpoint.
    public void writeDerivedInto(Path folder, JsonObject newConfig, Weights weights) throws IOException {
        JsonFile.write(folder.resolve("config.json"), newConfig);
        weights.writeInto(folder);
        writeInto(folder);
        if (!files.containsKey(GENERATION_CONFIG)) {
            JsonFile.write(folder.resolve(GENERATION_CONFIG), generationConfig(newConfig));
        }
    }

    /// Writes only these files.
    public void writeInto(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static JsonObject generationConfig(JsonObject config) {
        JsonObject generation = new JsonObject();
        generation.addProperty("_from_model_config", true);
        for (String name : List.of("bos_token_id", "eos_token_id", "pad_token_id")) {
            if (config.has(name) && !config.get(name).isJsonNull()) {
                generation.add(name, config.get(name));
            }
        }
        return generation;
    }
}
