package dev.tiebreak.studio.quality;

import java.time.Instant;
import java.util.Optional;

/// One annotator's current judgment of a comparison.
///
/// @param category empty for a skip
/// @param strength canonical: above 0 completion a is better
/// @param reason   why it was skipped
public record ComparisonVote(
        String annotator, Optional<VoteCategory> category, int strength, Optional<String> reason, Instant at) {}
