package dev.tiebreak.rlhf.data;

import java.util.List;

/// A prompt with several completions and their places, the lowest being the best; equal places are ties. All passages
/// are of one kind.
public record RankedRow(Passage prompt, List<Passage> completions, List<Integer> ranks) {
    public RankedRow {
        completions = List.copyOf(completions);
        ranks = List.copyOf(ranks);
        if (completions.size() < 2) {
            throw new IllegalArgumentException("a ranking needs at least 2 completions, got " + completions.size());
        }
        if (ranks.size() != completions.size()) {
            throw new IllegalArgumentException(ranks.size() + " ranks for " + completions.size() + " completions");
        }
        completions.forEach(completion -> Passage.requireOneKind(prompt, completion));
    }
}
