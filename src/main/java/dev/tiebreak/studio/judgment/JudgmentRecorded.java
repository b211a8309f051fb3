package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.ProjectId;

/// A judgment was appended. Published inside its transaction.
public record JudgmentRecorded(JudgmentId id, ProjectId project, ComparisonId comparison) {}
