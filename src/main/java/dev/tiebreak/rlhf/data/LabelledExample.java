package dev.tiebreak.rlhf.data;

import java.util.List;

/// A labelled row in token ids; the completion holds at least one token, the prompt may be empty.
public record LabelledExample(int[] prompt, int[] completion, boolean desirable) implements Example {
    @Override
    public List<int[]> completions() {
        return List.of(completion);
    }
}
