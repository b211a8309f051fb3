package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.model.PackedSequences;
import java.util.Arrays;
import java.util.List;

/// The places in a pack whose output predicts a completion token, and what they are to predict.
///
/// @param places  `[N]` into the packed tokens
/// @param targets `[N]` token ids
/// @param counts  `[B]` how many of the N belong to each sequence, in order
record CompletionTokens(long[] places, long[] targets, int[] counts) {

    /// A token is predicted at the place before it; so the first token of a sequence without a prompt is not predicted.
    ///
    /// @param promptLengths `[B]`
    static CompletionTokens of(PackedSequences packed, int[] promptLengths) {
        return of(packed, (sequence, place) -> place >= promptLengths[sequence]);
    }

    /// @param promptLengths `[B]`
    /// @param learnt        `[B]` for each token after the prompt, whether it is to be predicted
    static CompletionTokens of(PackedSequences packed, int[] promptLengths, List<boolean[]> learnt) {
        return of(packed, (sequence, place) -> {
            int inCompletion = place - promptLengths[sequence];
            return inCompletion >= 0 && learnt.get(sequence)[inCompletion];
        });
    }

    private interface Wanted {
        /// @param place in the sequence
        boolean test(int sequence, int place);
    }

    private static CompletionTokens of(PackedSequences packed, Wanted wanted) {
        long[] places = new long[packed.tokens().length];
        long[] targets = new long[places.length];
        int[] counts = new int[packed.count()];
        int n = 0;
        for (int s = 0; s < packed.count(); s++) {
            for (int row = (int) packed.boundaries()[s]; row < packed.boundaries()[s + 1]; row++) {
                int place = (int) packed.positions()[row];
                if (place > 0 && wanted.test(s, place)) {
                    places[n] = packed.before(s, row);
                    targets[n++] = packed.tokens()[row];
                    counts[s]++;
                }
            }
        }
        return new CompletionTokens(Arrays.copyOf(places, n), Arrays.copyOf(targets, n), counts);
    }

    /// Sums `[B]` of per-token values `[N]`, in double precision.
    double[] sums(float[] values) {
        double[] sums = new double[counts.length];
        int n = 0;
        for (int s = 0; s < counts.length; s++) {
            for (int i = 0; i < counts[s]; i++, n++) {
                sums[s] += values[n];
            }
        }
        return sums;
    }

    /// Per-token values `[N]` from one value per sequence `[B]`.
    float[] spread(double[] perSequence) {
        float[] spread = new float[places.length];
        int n = 0;
        for (int s = 0; s < counts.length; s++) {
            for (int i = 0; i < counts[s]; i++, n++) {
                spread[n] = (float) perSequence[s];
            }
        }
        return spread;
    }
}
