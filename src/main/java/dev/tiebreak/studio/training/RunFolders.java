package dev.tiebreak.studio.training;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Where runs lie: `<tiebreak.data>/runs/<run id>`.
@Component
class RunFolders {
    private final Path root;

    RunFolders(@Value("${tiebreak.data}") Path data) {
        this.root = data.toAbsolutePath().normalize().resolve("runs");
    }

    /// What references said, kept for all runs.
    Path referenceCache() {
        return root.resolveSibling("reference-cache");
    }

    RunFiles of(TrainingRunId id) {
        return new RunFiles(root.resolve(id.value().toString()));
    }
}
