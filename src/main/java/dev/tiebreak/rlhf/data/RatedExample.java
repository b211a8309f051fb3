package dev.tiebreak.rlhf.data;

import java.util.List;

/// A rated row in token ids; the completion holds at least one token, the prompt may be empty.
public record RatedExample(int[] prompt, int[] completion, double rating) implements Example {
    @Override
    public List<int[]> completions() {
        return List.of(completion);
    }
}
