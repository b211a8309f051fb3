package dev.tiebreak.rlhf.data;

import java.util.List;

/// Documents that are trained on as one example. They stand one after the other, and none of them sees another.
public record Pack(List<TextExample> documents) {
    public Pack {
        documents = List.copyOf(documents);
    }

    /// A document that is trained on by itself.
    public static Pack of(TextExample document) {
        return new Pack(List.of(document));
    }

    /// Tokens of all documents.
    public int length() {
        return documents.stream().mapToInt(TextExample::length).sum();
    }

    /// How many tokens are predicted, of all documents.
    public int predicted() {
        return documents.stream().mapToInt(TextExample::predicted).sum();
    }
}
