package dev.tiebreak.studio.training;

import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointAction;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The link from a checkpoint to the run that made it.
@Component
class RunOfCheckpoint implements CheckpointAction {

    @Override
    public String label() {
        return "Training run";
    }

    @Override
    public Optional<String> path(Checkpoint checkpoint) {
        return checkpoint.trainingRun().map(run -> "training/" + run);
    }
}
