package dev.tiebreak.rlhf.data;

import java.util.Arrays;
import java.util.List;

/// Token ids to imitate: the prompt (often empty) is context; of the completion the tokens marked as learnt.
///
/// @param learnt for each token of the completion, whether it is learnt
public record TextExample(int[] prompt, int[] completion, boolean[] learnt) implements Example {
    public TextExample {
        if (learnt.length != completion.length) {
            throw new IllegalArgumentException(learnt.length + " marks for " + completion.length + " tokens");
        }
    }

    /// All of the completion is learnt.
    public TextExample(int[] prompt, int[] completion) {
        this(prompt, completion, all(completion.length));
    }

    /// How many tokens are predicted: those that are learnt, but for a first one, which nothing stands before.
    public int predicted() {
        int predicted = 0;
        for (int i = prompt.length == 0 ? 1 : 0; i < learnt.length; i++) {
            predicted += learnt[i] ? 1 : 0;
        }
        return predicted;
    }

    @Override
    public List<int[]> completions() {
        return List.of(completion);
    }

    public int length() {
        return prompt.length + completion.length;
    }

    /// Prompt and completion.
    public int[] tokens() {
        return Example.joined(prompt, completion);
    }

    /// For each of [#tokens], whether it is learnt.
    public boolean[] marks() {
        boolean[] marks = new boolean[length()];
        System.arraycopy(learnt, 0, marks, prompt.length, learnt.length);
        return marks;
    }

    static boolean[] all(int length) {
        boolean[] all = new boolean[length];
        Arrays.fill(all, true);
        return all;
    }
}
