package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.judgment.Judgment;
import dev.tiebreak.studio.preference.FreezeSettings.MarginRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A project's comparisons in the order of import, with the judgments that are current at one moment.
///
/// Comparisons of the same two completions, named the other way round, stand here as one with all their votes: no pair
/// is frozen twice.
///
/// @param graded whether any preference is stronger than another. Labels that came without strengths all have the same
///               one; as a margin it would shift every loss and say nothing.
record JudgedProject(List<JudgedComparison> comparisons, List<Judgment> judgments, boolean graded) {

    /// The rule that can be followed: without strengths there is no margin to write.
    MarginRule margin(FreezeSettings settings) {
        return settings.margin() == MarginRule.STRENGTH && !graded ? MarginRule.NONE : settings.margin();
    }

    FreezeCounts counts(FreezeSettings settings) {
        Map<Object, Integer> outcomes = new HashMap<>();
        int votes = 0;
        int testPairs = 0;
        Set<String> trainPrompts = new HashSet<>();
        Set<String> testPrompts = new HashSet<>();
        for (JudgedComparison comparison : comparisons) {
            votes += comparison.votes().total();
            switch (Consensus.of(comparison.votes(), settings)) {
                case Consensus.NoPair none -> outcomes.merge(none, 1, Integer::sum);
                case Consensus.Pair _ -> {
                    outcomes.merge(Consensus.Pair.class, 1, Integer::sum);
                    boolean test = PromptSplit.isTest(comparison.promptHash(), settings);
                    testPairs += test ? 1 : 0;
                    (test ? testPrompts : trainPrompts).add(comparison.promptHash());
                }
            }
        }
        int pairs = outcomes.getOrDefault(Consensus.Pair.class, 0);
        return new FreezeCounts(
                comparisons.size(),
                pairs,
                outcomes.getOrDefault(Consensus.NoPair.WITHOUT_VOTES, 0),
                outcomes.getOrDefault(Consensus.NoPair.TOO_FEW_VOTES, 0),
                outcomes.getOrDefault(Consensus.NoPair.TIE, 0),
                outcomes.getOrDefault(Consensus.NoPair.BOTH_BAD, 0),
                votes,
                pairs - testPairs,
                testPairs,
                trainPrompts.size(),
                testPrompts.size());
    }
}
