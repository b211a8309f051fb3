package dev.tiebreak.studio.judgment;

import java.util.UUID;

/// Identifies a judgment. The annotator's screen makes it, so that sending the same one twice counts once.
public record JudgmentId(UUID value) {}
