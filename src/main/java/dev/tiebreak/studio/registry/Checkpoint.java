package dev.tiebreak.studio.registry;

import dev.tiebreak.studio.preference.DatasetVersionId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A model that can be tried, trained further and downloaded; nothing about it ever changes.
///
/// @param folder         as transformers saves a model: `config.json`, safetensors, `tokenizer.json`
/// @param parent         the model that training started from
/// @param datasetVersion what it was trained on
/// @param trainingRun    the run that made it
/// @param metrics        by their TRL names, such as `eval_rewards/accuracies`, in the order they were given
public record Checkpoint(
        CheckpointId id,
        String name,
        CheckpointKind kind,
        Path folder,
        Optional<CheckpointId> parent,
        Optional<DatasetVersionId> datasetVersion,
        Optional<UUID> trainingRun,
        Map<String, Double> metrics,
        Instant createdAt,
        String createdBy) {
    public Checkpoint {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
