package dev.tiebreak.studio.rubric;

/// A comparison decided in advance, with the reason.
public record RubricExample(String prompt, String better, String worse, String why) {}
