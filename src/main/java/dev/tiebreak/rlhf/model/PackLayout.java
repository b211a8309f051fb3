package dev.tiebreak.rlhf.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How a pack lies before the trunk. Everything but [#AS_GIVEN] is slower and gives the same numbers; benchmarks
/// compare with it.
public enum PackLayout {
    AS_GIVEN,
    /// Every sequence whole, beginnings of others laid down again.
    UNSHARED,
    /// The same, and each filled up to the longest.
    PADDED;

    /// @param places into the pack
    record Laid(PackedSequences packed, long[] places) {}

    Laid lay(PackedSequences packed, long[] places) {
        if (this == AS_GIVEN) {
            return new Laid(packed, places);
        }
        List<int[]> whole = new ArrayList<>();
        for (int s = 0; s < packed.count(); s++) {
            whole.add(whole(packed, s));
        }
        int longest = whole.stream().mapToInt(sequence -> sequence.length).max().orElse(0);
        PackedSequences laid = PackedSequences.of(
                this == UNSHARED
                        ? whole
                        : whole.stream()
                                .map(sequence -> Arrays.copyOf(sequence, longest))
                                .toList());
        return new Laid(
                laid,
                Arrays.stream(places).map(place -> moved(packed, laid, place)).toArray());
    }

    private static int[] whole(PackedSequences packed, int sequence) {
        int from = (int) packed.prefixes()[2 * sequence];
        int shared = (int) packed.prefixes()[2 * sequence + 1] - from;
        int begin = (int) packed.boundaries()[sequence];
        int[] tokens = new int[shared + (int) packed.boundaries()[sequence + 1] - begin];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (int) packed.tokens()[i < shared ? from + i : begin + i - shared];
        }
        return tokens;
    }

    private static long moved(PackedSequences packed, PackedSequences laid, long place) {
        int sequence = 0;
        while (packed.boundaries()[sequence + 1] <= place) {
            sequence++;
        }
        return laid.boundaries()[sequence] + packed.positions()[(int) place];
    }
}
