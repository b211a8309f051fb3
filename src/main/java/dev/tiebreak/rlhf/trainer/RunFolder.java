package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrittenAside;
import dev.tiebreak.rlhf.WrongInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A run on disk, complete in itself: `run.json`, `metrics.jsonl`, `status.json`, `checkpoint-<step>/`, `model/`,
/// and `adapter/` where one was trained.
/// Every file appears as a whole or not at all; metrics are appended line by line. One process at a time writes to it.
public final class RunFolder implements AutoCloseable {
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-(\\d{1,9})");
    private static final Pattern ASIDE = Pattern.compile("\\.(.+)\\.(part|old)");
    private static final int CHECKPOINTS_KEPT = 2;

    private final Path path;
    private final InstantSource clock;
    private final FileChannel lock;
    private Consumer<JsonObject> rows = _ -> {};
    private Status last = new Status("preparing", 0, 0, "", "", Optional.empty());

    private RunFolder(Path path, InstantSource clock, FileChannel lock) {
        this.path = path;
        this.clock = clock;
        this.lock = lock;
    }

    /// A run that ended before its first step has left nothing worth keeping and may be started anew.
    ///
    /// @throws WrongInputException when another process works in it, when it holds a run already and this is no
    ///                             resumption, or when it cannot be written
    public static RunFolder open(Path path, boolean resume, InstantSource clock) {
        if (resume && !Files.exists(path.resolve("run.json"))) {
            throw new WrongInputException(path + " holds no run to resume: run.json is missing");
        }
        try {
            Files.createDirectories(path);
            RunFolder folder = new RunFolder(path, clock, lock(path));
            folder.sweep();
            if (!resume && folder.hasBegun()) {
                folder.close();
                throw new WrongInputException(
                        path + " holds a run already: choose another folder, or go on with it by --resume");
            }
            Files.deleteIfExists(path.resolve("cancel"));
            return folder;
        } catch (IOException e) {
            throw new WrongInputException(path + " cannot be written: " + e, e);
        }
    }

    /// The system releases it when the process ends, however it ends.
    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // this process itself holds it
        }
        channel.close();
        throw new WrongInputException(path + " is in use: another process trains in it");
    }

    private boolean hasBegun() {
        return Files.exists(path.resolve("metrics.jsonl"))
                || Files.exists(model())
                || newestCheckpoint().isPresent();
    }

    /// Takes away what a killed process left half-written, and puts back what it was about to replace.
    private void sweep() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                var name = ASIDE.matcher(file.getFileName().toString());
                if (name.matches() && name.group(2).equals("old") && !Files.exists(path.resolve(name.group(1)))) {
                    WrittenAside.moveIntoPlace(file, path.resolve(name.group(1)));
                } else if (name.matches()) {
                    WrittenAside.deleteFolder(file);
                }
            }
        }
    }

    public Path path() {
        return path;
    }

    public Path model() {
        return path.resolve("model");
    }

    /// Where a run that trained an adapter leaves it, beside the whole model.
    public Path adapter() {
        return path.resolve("adapter");
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
        last = status;
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

    /// Keeps what was last said of steps and device, so that one sees how far it came.
    void writeFailure(String message) {
        writeStatus(
                new Status("failed", last.step, last.totalSteps, last.device, last.deviceReason, Optional.of(message)));
    }

    /// @param hearer is told every row that is logged from now on
    public void tellRows(Consumer<JsonObject> hearer) {
        rows = hearer;
    }

    void appendMetrics(JsonObject row) {
        rows.accept(row);
        try {
            Files.writeString(
                    path.resolve("metrics.jsonl"), row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new WrongInputException(path.resolve("metrics.jsonl") + " cannot be written: " + e.getMessage(), e);
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

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, JsonObject json) {
        try {
            JsonFile.write(path.resolve(name), json);
        } catch (IOException e) {
            throw new WrongInputException(path.resolve(name) + " cannot be written: " + e.getMessage(), e);
        }
    }
}
