package dev.tiebreak.rlhf.data;

import java.util.List;
import java.util.OptionalDouble;

/// A preference row in token ids. `prompt + chosen` and `prompt + rejected` are the two sequences a model sees; both
/// completions hold at least one token, the prompt may be empty.
public record PreferenceExample(
        int[] prompt, int[] chosen, int[] rejected, OptionalDouble margin, OptionalDouble softLabel)
        implements Example {
    @Override
    public List<int[]> completions() {
        return List.of(chosen, rejected);
    }
}
