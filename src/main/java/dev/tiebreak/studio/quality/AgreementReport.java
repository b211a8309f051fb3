package dev.tiebreak.studio.quality;

import dev.tiebreak.statistics.Estimate;
import java.util.List;
import java.util.Map;

/// How well the annotators of a project agree, from their current votes in canonical order.
///
/// @param comparisons   of the project, judged or not
/// @param judged        comparisons with at least one vote
/// @param judgedTwice   comparisons with at least two votes: only these say anything about agreement
/// @param votes         skips not counted
/// @param raw           share of vote pairs on one comparison that are the same
/// @param alpha         Krippendorff's α over the [VoteCategory] values
/// @param strengthAlpha Krippendorff's α, ordinal, over the strengths −3 to 3; votes for "both bad" left out
/// @param disputed      the comparisons on which votes differ most, first those
public record AgreementReport(
        long comparisons,
        long judged,
        long judgedTwice,
        long votes,
        Map<VoteCategory, Long> votesPerCategory,
        Estimate raw,
        Estimate alpha,
        Estimate strengthAlpha,
        List<AnnotatorSummary> annotators,
        List<DisputedComparison> disputed) {}
