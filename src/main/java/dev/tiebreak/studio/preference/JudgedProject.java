package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.judgment.Judgment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A project's comparisons in the order of import, with the judgments that are current at one moment.
///
/// Comparisons of the same two completions, named the other way round, stand here as one with all their votes: no pair
/// is frozen twice.
record JudgedProject(List<JudgedComparison> comparisons, List<Judgment> judgments) {

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
