package dev.tiebreak.studio.registry;

import java.util.Optional;

/// Something a room above does with a checkpoint, such as showing the run that made it; every bean of this type becomes
/// a link for ML engineers on the pages of the checkpoints it has a path for.
public interface CheckpointAction {
    String label();

    /// Where the link leads, relative to the application's root; empty where there is nothing to do.
    Optional<String> path(Checkpoint checkpoint);
}
