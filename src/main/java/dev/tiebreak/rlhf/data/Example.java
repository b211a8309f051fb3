package dev.tiebreak.rlhf.data;

import java.util.Arrays;
import java.util.List;

/// A row in token ids, as it is trained on.
public sealed interface Example permits TextExample, PreferenceExample, LabelledExample, RankedExample, RatedExample {
    /// What is left of each completion, in the order of the row's sequences.
    List<int[]> completions();

    /// Prompt and completion as one sequence.
    static int[] joined(int[] prompt, int[] completion) {
        int[] tokens = Arrays.copyOf(prompt, prompt.length + completion.length);
        System.arraycopy(completion, 0, tokens, prompt.length, completion.length);
        return tokens;
    }
}
