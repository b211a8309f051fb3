package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrittenAside;
import dev.tiebreak.rlhf.WrongInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A run on disk, complete in itself: `run.json`, `metrics.jsonl`, `status.json`, `checkpoint-<step>/`, `model/`.
/// Every file appears as a whole or not at all; metrics are appended line by line.
public final class RunFolder {
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-(\\d{1,9})");
    private static final int CHECKPOINTS_KEPT = 2;

    private final Path path;
    private final InstantSource clock;

    private RunFolder(Path path, InstantSource clock) {
        this.path = path;
        this.clock = clock;
    }

    /// @throws WrongInputException when it holds a run already and this is no resumption, or cannot be written
    public static RunFolder open(Path path, boolean resume, InstantSource clock) {
        try {
            if (!resume && Files.exists(path.resolve("run.json"))) {
                throw new WrongInputException(
                        path + " holds a run already: choose another folder, or go on with it by --resume");
            }
            if (resume && !Files.exists(path.resolve("run.json"))) {
                throw new WrongInputException(path + " holds no run to resume: run.json is missing");
            }
            Files.createDirectories(path);
            Files.deleteIfExists(path.resolve("cancel"));
        } catch (IOException e) {
            throw new WrongInputException(path + " cannot be written: " + e, e);
        }
        return new RunFolder(path, clock);
    }

    public Path path() {
        return path;
    }

    public Path model() {
        return path.resolve("model");
    }

    JsonObject run() {
        return JsonFile.read(path.resolve("run.json"));
    }

    void writeRun(JsonObject run) {
        write("run.json", run);
    }

    /// What a run is at, as `status.json` tells it.
    ///
    /// @param state `preparing`, `running`, `finished`, `cancelled` or `failed`
    public record Status(
            String state, int step, int totalSteps, String device, String deviceReason, Optional<String> message) {}

    void writeStatus(Status status) {
        JsonObject json = new JsonObject();
        json.addProperty("state", status.state);
        json.addProperty("step", status.step);
        json.addProperty("total_steps", status.totalSteps);
        json.addProperty("device", status.device);
        json.addProperty("device_reason", status.deviceReason);
        json.addProperty("message", status.message.orElse(null));
        json.addProperty("pid", ProcessHandle.current().pid());
        json.addProperty("updated_at", clock.instant().toString());
        write("status.json", json);
    }

    void appendMetrics(JsonObject row) {
        try {
            Files.writeString(
                    path.resolve("metrics.jsonl"), row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(path.resolve("metrics.jsonl") + " cannot be written: " + e.getMessage(), e);
        }
    }

    /// Forgets the rows after a checkpoint's step: the resumed run writes them again.
    void keepMetricsUpTo(int step) {
        Path file = path.resolve("metrics.jsonl");
        try {
            if (Files.exists(file)) {
                List<String> kept = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                        .filter(line -> line.endsWith("}")) // a killed writer may leave half a line
                        .filter(line -> JsonFile.parseObject(line).get("step").getAsInt() <= step)
                        .toList();
                Path part = path.resolve(".metrics.part");
                Files.write(part, kept, StandardCharsets.UTF_8);
                WrittenAside.moveIntoPlace(part, file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean cancelRequested() {
        return Files.exists(path.resolve("cancel"));
    }

    /// The newest checkpoint; each is whole, because it was renamed into place.
    Optional<Path> newestCheckpoint() {
        return checkpoints().stream().findFirst();
    }

    Path checkpoint(int step) {
        return path.resolve("checkpoint-" + step);
    }

    static int stepOf(Path checkpoint) {
        var name = CHECKPOINT.matcher(checkpoint.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(checkpoint + " is no checkpoint");
        }
        return Integer.parseInt(name.group(1));
    }

    void dropOldCheckpoints() throws IOException {
        List<Path> all = checkpoints();
        for (Path old : all.subList(Math.min(CHECKPOINTS_KEPT, all.size()), all.size())) {
            WrittenAside.deleteFolder(old);
        }
    }

    private List<Path> checkpoints() {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file ->
                            CHECKPOINT.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparingInt(RunFolder::stepOf).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, JsonObject json) {
        try {
            JsonFile.write(path.resolve(name), json);
        } catch (IOException e) {
            throw new UncheckedIOException(path.resolve(name) + " cannot be written: " + e.getMessage(), e);
        }
    }
}
