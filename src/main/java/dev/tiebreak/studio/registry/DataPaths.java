package dev.tiebreak.studio.registry;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// How folders are written down: relative to the data folder where they lie below it, so that it can be moved.
@Component
class DataPaths {
    private final Path data;

    DataPaths(@Value("${tiebreak.data}") Path data) {
        this.data = data.toAbsolutePath().normalize();
    }

    String stored(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        return (absolute.startsWith(data) ? data.relativize(absolute) : absolute).toString();
    }

    Path found(String stored) {
        return data.resolve(stored);
    }
}
