package dev.tiebreak.studio.dataset;

/// Two completions of one prompt in canonical order: `a` and `b` never swap, whatever side they are shown on.
public record Comparison(ComparisonId id, ProjectId project, int ordinal, Prompt prompt, Completion a, Completion b) {}
