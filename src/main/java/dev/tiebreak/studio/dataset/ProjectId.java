package dev.tiebreak.studio.dataset;

import java.util.UUID;

/// Identifies a project.
public record ProjectId(UUID value) {}
