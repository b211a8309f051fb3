package dev.tiebreak.studio.training;

import dev.tiebreak.studio.registry.EngineJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An untrained model of some ten thousand weights, made once for all tests by the command line.
final class TinyModel {
    private static final Path FOLDER = make();

    private TinyModel() {}

    static Path folder() {
        return FOLDER;
    }

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("tiny-model-");
            Path text = folder.resolve("text.jsonl");
            Files.writeString(text, "{\"text\": \"Is the sea blue? Yes, gladly, it is blue.\"}\n".repeat(3));
            Path model = folder.resolve("model");
            List<String> command = List.of(
                    "new-model",
                    "--data",
                    text.toString(),
                    "--out",
                    model.toString(),
                    "--vocab-size",
                    "270",
                    "--layers",
                    "1",
                    "--hidden",
                    "32");
            Process process = new EngineJvm().start(command, Redirect.PIPE, Redirect.DISCARD, Redirect.INHERIT);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("new-model ended with " + process.exitValue());
            }
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
