package dev.tiebreak.studio.registry;

/// A file that belongs to a checkpoint's model.
public record CheckpointFile(String name, long bytes) {}
