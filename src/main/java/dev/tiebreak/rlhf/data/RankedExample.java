package dev.tiebreak.rlhf.data;

import java.util.List;

/// A ranked row in token ids; every completion holds at least one token, the prompt may be empty.
///
/// @param ranks the place of each completion, the lowest being the best; equal places are ties
public record RankedExample(int[] prompt, List<int[]> completions, int[] ranks) implements Example {
    public RankedExample {
        completions = List.copyOf(completions);
    }
}
