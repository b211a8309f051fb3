package dev.tiebreak.studio.training;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.trainer.StepLoad;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// How many tokens the pairs of a dataset version have in the mean, about: letters are counted, not tokens.
///
/// @param chosen   after its prompt
/// @param rejected likewise
public record PairLength(double prompt, double chosen, double rejected) {
    private static final int ROWS = 500; // prompts are not sorted, so the first tell about all
    private static final double LETTERS_PER_TOKEN = 3; // rather few for English
    private static final double TEMPLATE = 10; // tokens of the chat template around a prompt and its completion

    public static PairLength of(Path rows) {
        try (Stream<String> lines = Files.lines(rows)) {
            List<JsonObject> first = lines.limit(ROWS).flatMap(PairLength::row).toList();
            return new PairLength(TEMPLATE + mean(first, "prompt"), mean(first, "chosen"), mean(first, "rejected"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a batch of such pairs asks of a model that reads no more than `longest` tokens.
    StepLoad load(TrainingMethod method, double pairs, double longest) {
        double begins = Math.min(prompt, longest);
        double first = Math.min(chosen, longest - begins);
        double second = Math.min(rejected, longest - begins);
        return method == TrainingMethod.KTO // its rows are single completions
                ? StepLoad.ofPairs(pairs, begins, (first + second) / 2, 0)
                : StepLoad.ofPairs(pairs, begins, first, second);
    }

    private static Stream<JsonObject> row(String line) {
        try {
            return Stream.of(JsonFile.parseObject(line));
        } catch (JsonParseException _) {
            return Stream.empty();
        }
    }

    private static double mean(List<JsonObject> rows, String column) {
        return rows.stream()
                        .mapToDouble(row -> letters(row.get(column)))
                        .average()
                        .orElse(0)
                / LETTERS_PER_TOKEN;
    }

    private static double letters(JsonElement turns) {
        double letters = 0;
        for (JsonElement turn : (JsonArray) turns) {
            letters += ((JsonObject) turn).get("content").getAsString().length();
        }
        return letters;
    }
}
