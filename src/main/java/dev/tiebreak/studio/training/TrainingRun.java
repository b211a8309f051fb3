package dev.tiebreak.studio.training;

import dev.tiebreak.rlhf.trainer.TrainingSettings;
import dev.tiebreak.studio.preference.DatasetVersionId;
import dev.tiebreak.studio.registry.CheckpointId;
import java.time.Instant;
import java.util.Optional;

/// One training run as it stands now.
///
/// @param settings      all of them, resolved; they name the method and the seed too
/// @param codeVersion   of the studio that queued it
/// @param attempt       how often it was put into the queue
/// @param message       why it is over or waits, where there is something to say
/// @param checkpoint    what came out, once it is finished
public record TrainingRun(
        TrainingRunId id,
        String name,
        DatasetVersionId datasetVersion,
        String datasetSha256,
        CheckpointId base,
        TrainingSettings settings,
        String codeVersion,
        TrainingState state,
        int attempt,
        Optional<String> message,
        Optional<Device> device,
        int step,
        int totalSteps,
        Instant createdAt,
        String createdBy,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<CheckpointId> checkpoint) {

    /// What the run computes on.
    ///
    /// @param reason why it is this one
    public record Device(String name, String reason) {}
}
