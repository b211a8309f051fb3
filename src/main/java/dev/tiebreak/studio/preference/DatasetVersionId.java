package dev.tiebreak.studio.preference;

import java.util.UUID;

/// Identifies a frozen dataset version.
public record DatasetVersionId(UUID value) {}
