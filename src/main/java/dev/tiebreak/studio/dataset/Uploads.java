package dev.tiebreak.studio.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Files on their way into a project, and lists of the rows that stayed out. Whoever made one deletes it; what a crash
/// left behind is gone a day later.
@Component
public class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final Duration KEPT = Duration.ofDays(1);

    private final Path folder;
    private final InstantSource clock;

    Uploads(@Value("${tiebreak.data}") Path data, InstantSource clock) {
        this.folder = data.resolve("uploads");
        this.clock = clock;
    }

    /// The place for a new file; its name says nothing of what a person called it.
    public Path place(String kind, String ending) {
        try {
            return Files.createDirectories(folder).resolve(kind + "-" + UUID.randomUUID() + ending);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many bytes still fit on the disk.
    public long room() {
        try {
            return Files.getFileStore(Files.createDirectories(folder)).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", file, e.toString());
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void deleteOld() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Instant oldest = clock.instant().minus(KEPT);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    delete(file);
                }
            }
        }
    }
}
