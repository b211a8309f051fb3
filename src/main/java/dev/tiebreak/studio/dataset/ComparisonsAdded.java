package dev.tiebreak.studio.dataset;

/// A project has new comparisons, or its overlap changed. Published inside the transaction that did it.
public record ComparisonsAdded(ProjectId project) {}
