package dev.tiebreak.studio.registry;

import java.util.List;
import java.util.Optional;

/// Where a checkpoint comes from and what came of it.
///
/// @param ancestors its parent first, then that one's parent, up to the base model
/// @param children  what was trained from it, the newest first
public record Lineage(List<Checkpoint> ancestors, List<Checkpoint> children, Optional<TrainingData> data) {
    public Lineage {
        ancestors = List.copyOf(ancestors);
        children = List.copyOf(children);
    }

    public Optional<Checkpoint> parent() {
        return ancestors.stream().findFirst();
    }
}
