package dev.tiebreak.rlhf.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrittenAside;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A trained byte-level BPE vocabulary and the files it is kept in.
///
/// @param tokens in the order of their ids: special tokens, the 256 bytes, then what was merged
/// @param merges in the order they were learnt, which is the order they are applied in
public record ByteLevelBpe(SpecialTokens specialTokens, List<String> tokens, List<Merge> merges) {
    /// Two neighbouring tokens that become one.
    public record Merge(String left, String right) {}

    /// Writes `tokenizer.json`, `tokenizer_config.json` and `special_tokens_map.json`, and the chat template both as
    /// older (inline) and as newer (`chat_template.jinja`) transformers look for it.
    public void writeTo(Path folder, Optional<String> chatTemplate) throws IOException {
        JsonFile.write(folder.resolve("tokenizer.json"), tokenizerJson());
        JsonObject config = namedTokens();
        config.addProperty("add_bos_token", specialTokens.bos().isPresent());
        config.addProperty("add_prefix_space", false);
        config.addProperty("clean_up_tokenization_spaces", false);
        config.addProperty("model_max_length", 1_000_000_000);
        config.addProperty("tokenizer_class", "PreTrainedTokenizerFast");
        if (chatTemplate.isPresent()) {
            config.addProperty("chat_template", chatTemplate.get());
            WrittenAside.write(folder.resolve("chat_template.jinja"), chatTemplate.get());
        }
        JsonFile.write(folder.resolve("tokenizer_config.json"), config);
        JsonFile.write(folder.resolve("special_tokens_map.json"), namedTokens());
    }

    private JsonObject namedTokens() {
        JsonObject named = new JsonObject();
        specialTokens.bos().ifPresent(bos -> named.addProperty("bos_token", bos));
        named.addProperty("eos_token", specialTokens.eos());
        named.addProperty("pad_token", specialTokens.pad());
        if (!specialTokens.others().isEmpty()) {
            JsonArray others = new JsonArray();
            specialTokens.others().forEach(others::add);
            named.add("additional_special_tokens", others);
        }
        return named;
    }

    private JsonObject tokenizerJson() {
        JsonObject json = new JsonObject();
        json.addProperty("version", "1.0");
        json.add("truncation", JsonNull.INSTANCE);
        json.add("padding", JsonNull.INSTANCE);
        json.add("added_tokens", addedTokens());
        json.add("normalizer", JsonNull.INSTANCE);
        json.add("pre_tokenizer", byteLevel());
        json.add("post_processor", postProcessor());
        json.add("decoder", byteLevel());
        json.add("model", model());
        return json;
    }

    private JsonArray addedTokens() {
        JsonArray added = new JsonArray();
        for (String content : specialTokens.all()) {
            JsonObject token = new JsonObject();
            token.addProperty("id", tokens.indexOf(content));
            token.addProperty("content", content);
            for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
                token.addProperty(flag, false);
            }
            token.addProperty("special", true);
            added.add(token);
        }
        return added;
    }

    private static JsonObject byteLevel() {
        JsonObject byteLevel = new JsonObject();
        byteLevel.addProperty("type", "ByteLevel");
        byteLevel.addProperty("add_prefix_space", false);
        byteLevel.addProperty("trim_offsets", true);
        byteLevel.addProperty("use_regex", true);
        return byteLevel;
    }

    /// Puts the bos token in front where there is one, as `TemplateProcessing` of Hugging Face's tokenizers.
    private JsonObject postProcessor() {
        if (specialTokens.bos().isEmpty()) {
            return byteLevel();
        }
        String bos = specialTokens.bos().get();
        JsonObject special = new JsonObject();
        JsonObject entry = new JsonObject();
        entry.addProperty("id", bos);
        entry.add("ids", arrayOf(tokens.indexOf(bos)));
        entry.add("tokens", arrayOf(bos));
        special.add(bos, entry);
        JsonObject processor = new JsonObject();
        processor.addProperty("type", "TemplateProcessing");
        processor.add("single", arrayOf(piece("SpecialToken", bos, 0), piece("Sequence", "A", 0)));
        processor.add(
                "pair",
                arrayOf(
                        piece("SpecialToken", bos, 0),
                        piece("Sequence", "A", 0),
                        piece("SpecialToken", bos, 1),
                        piece("Sequence", "B", 1)));
        processor.add("special_tokens", special);
        return processor;
    }

    private static JsonObject piece(String kind, String id, int type) {
        JsonObject inner = new JsonObject();
        inner.addProperty("id", id);
        inner.addProperty("type_id", type);
        JsonObject piece = new JsonObject();
        piece.add(kind, inner);
        return piece;
    }

    private JsonObject model() {
        JsonObject model = new JsonObject();
        model.addProperty("type", "BPE");
        model.add("dropout", JsonNull.INSTANCE);
        model.add("unk_token", JsonNull.INSTANCE);
        model.add("continuing_subword_prefix", JsonNull.INSTANCE);
        model.add("end_of_word_suffix", JsonNull.INSTANCE);
        model.addProperty("fuse_unk", false);
        model.addProperty("byte_fallback", false);
        model.addProperty("ignore_merges", false);
        JsonObject vocab = new JsonObject();
        for (int id = 0; id < tokens.size(); id++) {
            vocab.addProperty(tokens.get(id), id);
        }
        model.add("vocab", vocab);
        JsonArray lines = new JsonArray();
        merges.forEach(merge -> lines.add(merge.left() + " " + merge.right()));
        model.add("merges", lines);
        return model;
    }

    private static JsonArray arrayOf(Object... values) {
        JsonArray array = new JsonArray();
        for (Object value : values) {
            switch (value) {
                case JsonObject object -> array.add(object);
                case Number number -> array.add(number);
                default -> array.add(value.toString());
            }
        }
        return array;
    }
}
