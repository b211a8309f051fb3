package dev.tiebreak.studio.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// A few of the prompts that the sample data hold out from training.
@Component
class ExamplePrompts {
    private static final int MOST = 6;

    private final boolean demo;
    private final Path heldOut;

    ExamplePrompts(@Value("${tiebreak.demo:false}") boolean demo, @Value("${tiebreak.sample-data}") Path sampleData) {
        this.demo = demo;
        this.heldOut = sampleData.resolve("heldout-preferences.jsonl");
    }

    /// Taken at equal distances, so that they tell of different topics.
    List<String> all() {
        if (!demo || !Files.exists(heldOut)) {
            return List.of();
        }
        try {
            List<String> rows = Files.readAllLines(heldOut);
            int most = Math.min(MOST, rows.size());
            return IntStream.range(0, most)
                    .mapToObj(i -> firstTurn(rows.get(i * rows.size() / most)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstTurn(String row) {
        return JsonMapper.shared()
                .readTree(row)
                .path("prompt")
                .path(0)
                .path("content")
                .asString("");
    }
}
