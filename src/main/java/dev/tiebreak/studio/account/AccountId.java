package dev.tiebreak.studio.account;

import java.util.UUID;

/// Identifies a person who can sign in.
public record AccountId(UUID value) {
    /// The same person as the author of judgments.
    public AnnotatorId asAnnotator() {
        return new AnnotatorId(value);
    }
}
