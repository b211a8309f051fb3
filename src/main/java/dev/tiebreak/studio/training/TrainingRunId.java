package dev.tiebreak.studio.training;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Identifies a training run.
public record TrainingRunId(UUID value) {
    private static final Pattern WRITTEN = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /// Reads an id from an address; empty when the text is none.
    public static Optional<TrainingRunId> parse(String text) {
        return WRITTEN.matcher(text).matches()
                ? Optional.of(new TrainingRunId(UUID.fromString(text)))
                : Optional.empty();
    }
}
