package dev.tiebreak.studio.account;

import java.util.UUID;

/// Identifies the author of judgments: an account's id, or the id of an annotator known only from an import.
public record AnnotatorId(UUID value) {}
