package dev.tiebreak.studio.preference;

import java.util.ArrayList;
import java.util.List;

/// What became of a project's comparisons under some settings; the first five numbers add up to `comparisons`.
///
/// @param votes judgments counted: skips and withdrawn ones are not
public record FreezeCounts(
        int comparisons,
        int pairs,
        int withoutVotes,
        int tooFewVotes,
        int ties,
        int bothBad,
        int votes,
        int trainPairs,
        int testPairs,
        int trainPrompts,
        int testPrompts) {

    /// Why comparisons gave no pair, one sentence; empty when all did.
    public String losses() {
        List<String> losses = new ArrayList<>();
        say(losses, withoutVotes, "without a vote");
        say(losses, tooFewVotes, "with too few votes");
        say(losses, ties, "tied");
        say(losses, bothBad, "with both completions bad");
        return String.join(", ", losses);
    }

    private static void say(List<String> losses, int count, String what) {
        if (count > 0) {
            losses.add("%,d %s".formatted(count, what));
        }
    }
}
