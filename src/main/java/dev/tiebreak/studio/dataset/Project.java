package dev.tiebreak.studio.dataset;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Prompts with completions that a group of annotators judges by one rubric.
///
/// @param rubricKey     key of the rubric in `annotation-rubrics`; absent when there is none
/// @param overlap       how many annotators judge each comparison
/// @param leaseDuration how long a comparison is held for an annotator before others may have it
public record Project(
        ProjectId id,
        String name,
        String description,
        Optional<String> rubricKey,
        int overlap,
        Duration leaseDuration,
        Instant createdAt) {}
