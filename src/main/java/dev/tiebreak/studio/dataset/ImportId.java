package dev.tiebreak.studio.dataset;

import java.util.UUID;

/// Identifies one import of files into a project.
public record ImportId(UUID value) {}
