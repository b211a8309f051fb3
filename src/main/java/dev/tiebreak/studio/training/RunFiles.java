package dev.tiebreak.studio.training;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The folder of one run, as the trainer leaves it; the studio itself writes `log.txt` and the wish to cancel.
record RunFiles(Path folder) {
    private static final int LOG_TAIL_BYTES = 16_384;

    Path log() {
        return folder.resolve("log.txt");
    }

    Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    Path model() {
        return folder.resolve("model");
    }

    Optional<RunStatus> status() {
        return RunStatus.read(folder.resolve("status.json"));
    }

    /// Whether a trainer was here before, so that the run can be resumed.
    boolean hasBegun() {
        return Files.exists(folder.resolve("run.json"));
    }

    boolean hasFinished() {
        return status().filter(status -> status.state().equals("finished")).isPresent() && Files.isDirectory(model());
    }

    void prepare() throws IOException {
        Files.createDirectories(folder);
    }

    /// Asks the trainer to write a checkpoint after the step under way, and to end.
    void askToCancel() throws IOException {
        if (!Files.exists(folder.resolve("cancel"))) {
            Files.createFile(folder.resolve("cancel"));
        }
    }

    /// The end of what the trainer said, whole lines.
    List<String> lastLogLines(int count) {
        if (!Files.exists(log())) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
            long from = Math.max(0, file.length() - LOG_TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .skip(from > 0 ? 1 : 0) // it begins in the middle
                    .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
