package dev.tiebreak.rlhf.data;

import java.util.List;

/// A row in token ids, as it is trained on.
public sealed interface Example permits TextExample, PreferenceExample, LabelledExample, RankedExample, RatedExample {
    /// What is left of each completion, in the order of the row's sequences.
    List<int[]> completions();
}
