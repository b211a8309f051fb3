package dev.tiebreak.rlhf.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import java.nio.file.Path;
import java.util.List;

/// What `src/test/scripts/tokenizer_fixture.py` found with Hugging Face's tokenizers 0.23.3.
final class HuggingFaceFixture {
    static final Path FOLDER = Path.of("src/test/resources/rlhf/tokenizer");
    private static final JsonObject JSON = JsonFile.read(FOLDER.resolve("hf-tokenizers.json"));

    private HuggingFaceFixture() {}

    record Text(String text, int[] ids, String decoded) {}

    static List<String> corpus() {
        return strings("corpus");
    }

    static List<String> merges() {
        return strings("merges");
    }

    static List<Text> texts() {
        return JSON.getAsJsonArray("texts").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(each -> new Text(
                        each.get("text").getAsString(),
                        each.getAsJsonArray("ids").asList().stream()
                                .mapToInt(JsonElement::getAsInt)
                                .toArray(),
                        each.get("decoded").getAsString()))
                .toList();
    }

    private static List<String> strings(String name) {
        return JSON.getAsJsonArray(name).asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
