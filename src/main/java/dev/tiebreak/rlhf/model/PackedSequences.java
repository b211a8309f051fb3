package dev.tiebreak.rlhf.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Sequences laid end to end without padding, with positions that restart in each. A sequence may share its beginning
/// with
/// an earlier one; then only what follows is laid down.
///
/// @param tokens     `[T]`
/// @param positions  `[T]`: place of each token in its own sequence
/// @param boundaries `[B + 1]`: the rows of sequence i go from `boundaries[i]` up to `boundaries[i + 1]`
/// @param prefixes   `[2B]`: from and up to which row the shared beginning of sequence i goes; the two are equal where
/// it
///                   shares none
public record PackedSequences(long[] tokens, long[] positions, long[] boundaries, long[] prefixes) {

    /// Nothing is shared.
    public static PackedSequences of(List<int[]> sequences) {
        int[] none = new int[sequences.size()];
        return of(sequences, none, none);
    }

    /// @param sequences whole, each with its beginning
    /// @param lender    `[B]`: the sequence whose beginning is shared; it shares none itself
    /// @param shared    `[B]`: how many tokens are shared with the lender, which must be the same; 0 for none, and
    ///                  fewer than the sequence has
    public static PackedSequences of(List<int[]> sequences, int[] lender, int[] shared) {
        int total = IntStream.range(0, sequences.size())
                .map(s -> sequences.get(s).length - shared[s])
                .sum();
        long[] tokens = new long[total];
        long[] positions = new long[total];
        long[] boundaries = new long[sequences.size() + 1];
        long[] prefixes = new long[2 * sequences.size()];
        int at = 0;
        for (int s = 0; s < sequences.size(); s++) {
            int[] sequence = sequences.get(s);
            if (sequence.length <= shared[s]) {
                throw new IllegalArgumentException("sequence " + s + " has no tokens of its own");
            }
            if (shared[s] > 0 && !Arrays.equals(sequence, 0, shared[s], sequences.get(lender[s]), 0, shared[s])) {
                throw new IllegalArgumentException("sequence " + s + " begins otherwise than sequence " + lender[s]);
            }
            prefixes[2 * s] = shared[s] == 0 ? 0 : boundaries[lender[s]];
            prefixes[2 * s + 1] = prefixes[2 * s] + shared[s];
            for (int i = shared[s]; i < sequence.length; i++, at++) {
                tokens[at] = sequence[i];
                positions[at] = i;
            }
            boundaries[s + 1] = at;
        }
        return new PackedSequences(tokens, positions, boundaries, prefixes);
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

    /// Where the token before row `row` of a sequence stands.
    public long before(int sequence, int row) {
        return row == boundaries[sequence] ? prefixes[2 * sequence + 1] - 1 : row - 1;
    }

    /// Tokens of all sequences, shared beginnings counted for each.
    public long size() {
        long size = tokens.length;
        for (int s = 0; s < count(); s++) {
            size += prefixes[2 * s + 1] - prefixes[2 * s];
        }
        return size;
    }
}
