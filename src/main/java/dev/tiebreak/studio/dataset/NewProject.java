package dev.tiebreak.studio.dataset;

import java.time.Duration;
import java.util.Optional;

/// A project to be created.
public record NewProject(
        String name, String description, Optional<String> rubricKey, int overlap, Duration leaseDuration) {
    public NewProject {
        name = name.strip();
        if (name.isEmpty() || name.length() > 200) {
            throw new InvalidProjectException("A project's name has 1 to 200 characters.");
        }
        if (description.length() > 4000) {
            throw new InvalidProjectException("A description has at most 4,000 characters.");
        }
        requireOverlap(overlap);
        if (leaseDuration.compareTo(Duration.ofMinutes(1)) < 0 || leaseDuration.compareTo(Duration.ofDays(7)) > 0) {
            throw new InvalidProjectException("A lease lasts from 1 minute to 7 days.");
        }
    }

    /// With one annotator a comparison and leases of half an hour.
    public static NewProject named(String name) {
        return new NewProject(name, "", Optional.empty(), 1, Duration.ofMinutes(30));
    }

    static void requireOverlap(int overlap) {
        if (overlap < 1 || overlap > 100) {
            throw new InvalidProjectException("Overlap is 1 to 100 annotators a comparison, got " + overlap + ".");
        }
    }
}
