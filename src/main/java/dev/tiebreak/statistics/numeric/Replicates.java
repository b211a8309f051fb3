package dev.tiebreak.statistics.numeric;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// A generator for each replicate of a bootstrap or a simulation, seeded from the replicate's number: the same
/// seed gives the same draws to the last bit, in any order and on any number of threads.
///
/// @param states one a replicate
public record Replicates(long[][] states) {

    /// What every bootstrap asks of its settings.
    public static void require(int draws, double confidence) {
        if (draws < 100 || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "a bootstrap takes 100 draws or more and a confidence between 0 and 1, got " + draws + " and "
                            + confidence);
        }
    }

    public static Replicates of(long seed, int draws) {
        UniformRandomProvider seeds = RandomSource.SPLIT_MIX_64.create(seed);
        long[][] states = new long[draws][];
        for (int draw = 0; draw < draws; draw++) {
            states[draw] = new long[] {seeds.nextLong(), seeds.nextLong()};
        }
        return new Replicates(states);
    }

    public int draws() {
        return states.length;
    }

    public UniformRandomProvider generator(int draw) {
        return RandomSource.XO_RO_SHI_RO_128_PP.create(states[draw]);
    }
}
