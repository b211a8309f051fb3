package dev.tiebreak.studio.assignment;

import java.util.UUID;

/// Identifies one holding of a comparison by one annotator.
public record LeaseId(UUID value) {}
