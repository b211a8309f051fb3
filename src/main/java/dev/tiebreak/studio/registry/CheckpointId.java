package dev.tiebreak.studio.registry;

import java.util.UUID;

/// Identifies a checkpoint.
public record CheckpointId(UUID value) {}
