package dev.tiebreak.studio.dataset;

import java.util.UUID;

/// Identifies a completion of a prompt.
public record CompletionId(UUID value) {}
