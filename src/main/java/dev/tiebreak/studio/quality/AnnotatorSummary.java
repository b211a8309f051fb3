package dev.tiebreak.studio.quality;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.studio.account.AnnotatorId;
import java.time.Duration;
import java.util.Optional;

/// One annotator's votes at a glance.
///
/// @param leftShare       how often the completion that stood left was preferred, among votes with a preference
/// @param meanActive      mean active time of a vote, where it was taken
/// @param agreement       share of the others' votes on the same comparisons that say the same
/// @param selfConsistency share of hidden repeats on which they said the same again
/// @param goldAccuracy    share of gold items on which they said what is expected, attention checks aside
/// @param attention       the same of attention checks
public record AnnotatorSummary(
        AnnotatorId id,
        String name,
        int votes,
        int skips,
        Estimate leftShare,
        Optional<Duration> meanActive,
        Estimate agreement,
        Estimate selfConsistency,
        Estimate goldAccuracy,
        Estimate attention) {}
