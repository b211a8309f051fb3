package dev.tiebreak.studio.training;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import dev.tiebreak.studio.preference.DatasetVersionId;
import dev.tiebreak.studio.registry.CheckpointId;

/// A run that is to be queued.
public record NewTrainingRun(
        String name, DatasetVersionId datasetVersion, CheckpointId base, TrainingSettings settings) {
    static final int LONGEST_NAME = 150;

    public NewTrainingRun {
        name = name.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new WrongInputException("A run's name has 1 to " + LONGEST_NAME + " characters.");
        }
    }
}
