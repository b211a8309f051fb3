package dev.tiebreak.studio.training;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.tiebreak.rlhf.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// How often one vote agrees with the frozen preference of its pair: the accuracy an annotator would have, beside
/// which a reward model's is to be read. Pairs with one vote say nothing about that.
public final class AnnotatorShare {

    private AnnotatorShare() {}

    /// @param rows of a dataset version, with `soft_label` and `votes`
    /// @return the mean over pairs with two votes or more; empty when there is none
    public static OptionalDouble of(Path rows) {
        try (Stream<String> lines = Files.lines(rows)) {
            return lines.flatMapToDouble(AnnotatorShare::share).average();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DoubleStream share(String line) {
        try {
            JsonObject row = JsonFile.parseObject(line);
            double votes = row.get("votes").getAsDouble();
            double softLabel = row.get("soft_label").getAsDouble(); // (for + 1)/(votes + 2), ties half for
            return votes < 2 ? DoubleStream.empty() : DoubleStream.of((softLabel * (votes + 2) - 1) / votes);
        } catch (JsonParseException _) {
            return DoubleStream.empty();
        }
    }
}
