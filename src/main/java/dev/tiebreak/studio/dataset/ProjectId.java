package dev.tiebreak.studio.dataset;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Identifies a project.
public record ProjectId(UUID value) {
    private static final Pattern WRITTEN = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /// Reads an id from an address or a command line; empty when the text is none.
    public static Optional<ProjectId> parse(String text) {
        return WRITTEN.matcher(text).matches() ? Optional.of(new ProjectId(UUID.fromString(text))) : Optional.empty();
    }
}
