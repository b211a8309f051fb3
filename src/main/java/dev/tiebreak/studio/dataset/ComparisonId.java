package dev.tiebreak.studio.dataset;

import java.util.UUID;

/// Identifies a comparison of two completions of one prompt.
public record ComparisonId(UUID value) {}
