package dev.tiebreak.studio.training;

import java.util.UUID;

/// Identifies a training run.
public record TrainingRunId(UUID value) {}
