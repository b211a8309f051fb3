package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.account.AnnotatorId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A judgment that came with a file.
///
/// @param id         derived from what was imported, so that the same vote is the same row
/// @param strength   canonical, −3 to 3: above 0 completion a is better (3 much, 2 clearly, 1 slightly), 0 without
///                   a preference
/// @param left       the completion that stood left, where the file says so
/// @param activeTime how long the annotator was active, where the file says so
/// @param origin     the format it came from
public record ImportedVote(
        UUID id,
        ComparisonId comparison,
        AnnotatorId annotator,
        Verdict verdict,
        int strength,
        Optional<CompletionId> left,
        Optional<Instant> at,
        Optional<Duration> activeTime,
        String origin) {}
