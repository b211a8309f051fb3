package dev.tiebreak.studio.dataset;

/// A rubric that a project may be judged by.
public record ProjectRubric(String key, String title) {}
