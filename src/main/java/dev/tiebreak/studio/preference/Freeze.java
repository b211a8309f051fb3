package dev.tiebreak.studio.preference;

/// What freezing gave.
///
/// @param isNew false when the same judgments under the same settings had been frozen before: that version is returned
public record Freeze(DatasetVersion version, boolean isNew) {}
