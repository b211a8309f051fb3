package dev.tiebreak.rlhf.model;

import java.util.List;

/// Sequences laid end to end without padding, with positions that restart in each.
///
/// @param tokens     `[T]`
/// @param positions  `[T]`
/// @param boundaries `[B + 1]`: sequence i covers `boundaries[i]` up to `boundaries[i + 1]`
public record PackedSequences(long[] tokens, long[] positions, long[] boundaries) {

    public static PackedSequences of(List<int[]> sequences) {
        int total = sequences.stream().mapToInt(s -> s.length).sum();
        var tokens = new long[total];
        var positions = new long[total];
        var boundaries = new long[sequences.size() + 1];
        int at = 0;
        for (int s = 0; s < sequences.size(); s++) {
            int[] sequence = sequences.get(s);
            if (sequence.length == 0) {
                throw new IllegalArgumentException("sequence " + s + " has no tokens");
            }
            for (int i = 0; i < sequence.length; i++, at++) {
                tokens[at] = sequence[i];
                positions[at] = i;
            }
            boundaries[s + 1] = at;
        }
        return new PackedSequences(tokens, positions, boundaries);
    }

    public int count() {
        return boundaries.length - 1;
    }

    /// Where each sequence's last token stands, `[B]`.
    public long[] lastTokens() {
        var last = new long[count()];
        for (int i = 0; i < last.length; i++) {
            last[i] = boundaries[i + 1] - 1;
        }
        return last;
    }
}
