package dev.tiebreak.rlhf.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrongInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the files beside a model say about its tokenizer. Where they disagree, the order is that of transformers:
/// `tokenizer_config.json`, then `special_tokens_map.json`, then the ids in `config.json`.
final class TokenizerFiles {
    private final Path folder;
    private final Map<String, Integer> idOfToken = new LinkedHashMap<>();
    private final JsonObject tokenizerConfig;
    private final JsonObject specialTokensMap;
    private final JsonObject config;
    private final JsonObject generationConfig;
    private final Set<Integer> special = new HashSet<>();
    private int highestId = -1;

    /// @param model whose `config.json` and `generation_config.json` hold where the folder has none of its own
    TokenizerFiles(Path folder, Path model) {
        this.folder = folder;
        readVocabulary(folder.resolve("tokenizer.json"));
        this.tokenizerConfig = readIfThere("tokenizer_config.json");
        this.specialTokensMap = readIfThere("special_tokens_map.json");
        this.config = readIfThere(Files.exists(folder.resolve("config.json")) ? folder : model, "config.json");
        this.generationConfig = readIfThere(
                Files.exists(folder.resolve("generation_config.json")) ? folder : model, "generation_config.json");
    }

    /// One more than the highest id, which is what a model's embedding must at least hold.
    int vocabSize() {
        return highestId + 1;
    }

    boolean isSpecial(int id) {
        return special.contains(id);
    }

    OptionalInt idOf(String token) {
        Integer id = idOfToken.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /// The text of `bos_token`, `eos_token`, `pad_token` or `unk_token`.
    Optional<String> specialToken(String name) {
        for (JsonObject source : new JsonObject[] {tokenizerConfig, specialTokensMap}) {
            if (source.has(name)) {
                return Optional.ofNullable(textOf(source.get(name)));
            }
        }
        return idsIn(config, name + "_id").stream().findFirst().flatMap(this::tokenOf);
    }

    /// Every id at which generation ends: the end-of-sequence token and what the model's configurations add.
    Set<Integer> stopIds() {
        Set<Integer> ids = new LinkedHashSet<>();
        specialToken("eos_token").map(idOfToken::get).ifPresent(ids::add);
        ids.addAll(idsIn(generationConfig, "eos_token_id"));
        ids.addAll(idsIn(config, "eos_token_id"));
        return ids;
    }

    /// `add_bos_token` where the tokenizer configuration states it.
    Optional<Boolean> addsBos() {
        JsonElement flag = tokenizerConfig.get("add_bos_token");
        return flag instanceof JsonPrimitive primitive && primitive.isBoolean()
                ? Optional.of(primitive.getAsBoolean())
                : Optional.empty();
    }

    /// The template's Jinja source: `chat_template.jinja`, or `chat_template` of the configuration (a text, or a list
    /// of named ones of which `default` is meant).
    Optional<String> chatTemplate() {
        Path file = folder.resolve("chat_template.jinja");
        if (Files.exists(file)) {
            try {
                return Optional.of(Files.readString(file));
            } catch (IOException e) {
                throw new WrongInputException(file + ": cannot be read as UTF-8 text (" + e.getMessage() + ")", e);
            }
        }
        JsonElement inline = tokenizerConfig.get("chat_template");
        if (inline instanceof JsonArray named) {
            for (JsonElement each : named) {
                if (each instanceof JsonObject entry && "default".equals(textOf(entry.get("name")))) {
                    return Optional.ofNullable(textOf(entry.get("template")));
                }
            }
        }
        return Optional.ofNullable(textOf(inline));
    }

    private void readVocabulary(Path file) {
        JsonObject json = JsonFile.read(file);
        JsonElement vocab = json.get("model") instanceof JsonObject model ? model.get("vocab") : null;
        switch (vocab) {
            case JsonObject ids -> ids.entrySet().forEach(entry -> put(file, entry.getKey(), entry.getValue()));
            case JsonArray pieces -> { // Unigram: [piece, score] pairs, numbered in order
                for (int id = 0; id < pieces.size(); id++) {
                    String piece =
                            pieces.get(id) instanceof JsonArray pair && !pair.isEmpty() ? textOf(pair.get(0)) : null;
                    if (piece == null) {
                        throw new WrongInputException(file + ": 'model.vocab' entry " + id + " is not [piece, score]");
                    }
                    put(piece, id);
                }
            }
            case null, default -> throw new WrongInputException(file + ": 'model.vocab' is missing");
        }
        if (json.get("added_tokens") instanceof JsonArray added) {
            for (JsonElement each : added) {
                String content = each instanceof JsonObject token ? textOf(token.get("content")) : null;
                if (content == null) {
                    throw new WrongInputException(file + ": an entry of 'added_tokens' has no 'content'");
                }
                put(file, content, each.getAsJsonObject().get("id"));
                if (each.getAsJsonObject().get("special") instanceof JsonPrimitive flag && flag.getAsBoolean()) {
                    special.add(each.getAsJsonObject().get("id").getAsInt());
                }
            }
        }
    }

    private void put(Path file, String token, @Nullable JsonElement id) {
        if (!(id instanceof JsonPrimitive number) || !number.getAsString().matches("[0-9]{1,9}")) {
            throw new WrongInputException(file + ": token '" + token + "' has no usable id: " + id);
        }
        put(token, number.getAsInt());
    }

    private void put(String token, int id) {
        idOfToken.put(token, id);
        highestId = Math.max(highestId, id);
    }

    private JsonObject readIfThere(String name) {
        return readIfThere(folder, name);
    }

    private static JsonObject readIfThere(Path from, String name) {
        Path file = from.resolve(name);
        return Files.exists(file) ? JsonFile.read(file) : new JsonObject();
    }

    /// A token as the vocabulary spells it.
    Optional<String> tokenOf(int id) {
        return idOfToken.entrySet().stream()
                .filter(entry -> entry.getValue() == id)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Either `"<s>"` or `{"content": "<s>", …}`; null for JSON's null and anything else.
    private static @Nullable String textOf(@Nullable JsonElement value) {
        return switch (value) {
            case JsonPrimitive primitive when primitive.isString() -> primitive.getAsString();
            case JsonObject token -> textOf(token.get("content"));
            case null, default -> null;
        };
    }

    private static Set<Integer> idsIn(JsonObject source, String name) {
        Set<Integer> ids = new LinkedHashSet<>();
        switch (source.get(name)) {
            case JsonArray list -> list.forEach(each -> addId(ids, each));
            case JsonPrimitive one -> addId(ids, one);
            case null, default -> {}
        }
        return ids;
    }

    private static void addId(Set<Integer> ids, JsonElement value) {
        if (value instanceof JsonPrimitive number && number.getAsString().matches("[0-9]{1,9}")) {
            ids.add(number.getAsInt());
        }
    }
}
