package dev.tiebreak.studio.dataset;

import java.util.UUID;

/// Identifies a prompt of a project.
public record PromptId(UUID value) {}
