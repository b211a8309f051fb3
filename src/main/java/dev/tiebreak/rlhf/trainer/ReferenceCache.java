package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrittenAside;
import dev.tiebreak.rlhf.WrongInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What references said of rows, kept for runs that ask the same model of the same tokens in the same batches: another
/// β, loss or learning rate does. Files are named by the hash of all of that; the latest asked for are kept.
public final class ReferenceCache {
    private static final int KEPT = 32;

    private final Path folder;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /// @param folder is made when something is put into it
    public ReferenceCache(Path folder, InstantSource clock) {
        this(folder, clock, _ -> {});
    }

    private ReferenceCache(Path folder, InstantSource clock, Consumer<String> progress) {
        this.folder = folder;
        this.clock = clock;
        this.progress = progress;
    }

    /// The same, which says where it cannot be written.
    ReferenceCache telling(Consumer<String> hearer) {
        return new ReferenceCache(folder, clock, hearer);
    }

    /// Empty where nothing is kept under the key, or what is cannot be read.
    Optional<JsonObject> find(String key) {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonObject found = JsonFile.read(file);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return Optional.of(found);
        } catch (WrongInputException | IOException _) {
            return Optional.empty();
        }
    }

    /// Keeps what was found. A run does not end because that is not possible: it has what it needs.
    void put(String key, JsonObject values) {
        Path part = folder.resolve("." + key + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.createDirectories(folder);
            JsonFile.write(part, values); // another run may be about to keep the same
            Files.setLastModifiedTime(part, FileTime.from(clock.instant()));
            WrittenAside.moveIntoPlace(part, file(key));
            dropOldest();
        } catch (IOException e) {
            progress.accept("What the reference says is not kept: " + folder + " cannot be written (" + e + ")");
        }
    }

    private Path file(String key) {
        return folder.resolve(key + ".json");
    }

    private void dropOldest() throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}\\.json"))
                    .sorted(Comparator.comparingLong(ReferenceCache::lastUsed).reversed())
                    .toList();
        }
        for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
            Files.deleteIfExists(old);
        }
    }

    private static long lastUsed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException _) {
            return 0; // another run has just dropped it
        }
    }
}
