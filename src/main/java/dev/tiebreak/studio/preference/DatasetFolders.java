package dev.tiebreak.studio.preference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/// Where versions lie: `<tiebreak.data>/datasets/<version id>`.
@Component
class DatasetFolders {
    private final Path root;

    DatasetFolders(@Value("${tiebreak.data}") Path data) {
        this.root = data.toAbsolutePath().normalize().resolve("datasets");
    }

    Path folder(DatasetVersionId id) {
        return root.resolve(id.value().toString());
    }

    /// An empty folder for a version that is still being written; nobody finds it before [#putInPlace].
    Path aside(DatasetVersionId id) throws IOException {
        return Files.createDirectories(root.resolve("writing-" + id.value()));
    }

    void putInPlace(DatasetVersionId id) throws IOException {
        Files.move(aside(id), folder(id), StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(DatasetVersionId id) {
        try {
            FileSystemUtils.deleteRecursively(root.resolve("writing-" + id.value()));
            FileSystemUtils.deleteRecursively(folder(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
