package dev.tiebreak.studio.registry;

import dev.tiebreak.studio.preference.DatasetVersionId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A checkpoint that is to be registered; its files are in place already.
///
/// @param metrics finite numbers by their TRL names
public record NewCheckpoint(
        String name,
        CheckpointKind kind,
        Path folder,
        Optional<CheckpointId> parent,
        Optional<DatasetVersionId> datasetVersion,
        Optional<UUID> trainingRun,
        Map<String, Double> metrics) {
    private static final int LONGEST_NAME = 200;

    public NewCheckpoint {
        name = name.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "A checkpoint's name has 1 to " + LONGEST_NAME + " characters, got " + name.length() + ".");
        }
        metrics.forEach((metric, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("The metric " + metric + " is not a finite number: " + value + ".");
            }
        });
    }

    /// A model that was not trained here.
    public static NewCheckpoint brought(String name, CheckpointKind kind, Path folder) {
        return new NewCheckpoint(name, kind, folder, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }
}
