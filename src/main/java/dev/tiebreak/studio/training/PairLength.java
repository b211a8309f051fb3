package dev.tiebreak.studio.training;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.tiebreak.rlhf.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// How many tokens the pairs of a dataset version have, about: letters are counted, not tokens.
public final class PairLength {
    private static final int ROWS = 500; // prompts are not sorted, so the first tell about all
    private static final double LETTERS_PER_TOKEN = 3; // rather few for English
    private static final double TEMPLATE = 20; // tokens of the chat template around both sequences

    private PairLength() {}

    /// @return mean tokens of chosen and rejected together, each with its prompt
    public static double tokens(Path rows) {
        try (Stream<String> lines = Files.lines(rows)) {
            return TEMPLATE
                    + lines.limit(ROWS)
                                    .flatMapToDouble(PairLength::letters)
                                    .average()
                                    .orElse(0)
                            / LETTERS_PER_TOKEN;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DoubleStream letters(String line) {
        try {
            JsonObject row = JsonFile.parseObject(line);
            return DoubleStream.of(
                    2 * letters(row.get("prompt")) + letters(row.get("chosen")) + letters(row.get("rejected")));
        } catch (JsonParseException _) {
            return DoubleStream.empty();
        }
    }

    private static double letters(JsonElement turns) {
        double letters = 0;
        for (JsonElement turn : (JsonArray) turns) {
            letters += ((JsonObject) turn).get("content").getAsString().length();
        }
        return letters;
    }
}
