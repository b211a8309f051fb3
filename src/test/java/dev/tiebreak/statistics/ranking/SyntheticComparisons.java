package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.BinomialSampler;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// Comparisons drawn from a Bradley-Terry model with a fixed seed, for simulations and benchmarks.
///
/// @param items log strengths are spread evenly over −1.5 … 1.5, in shuffled order
public record SyntheticComparisons(int items, long seed) {

    public double[] strengths() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        double[] strengths = new double[items];
        for (int item = 0; item < items; item++) {
            int other = random.nextInt(item + 1);
            strengths[item] = strengths[other];
            strengths[other] = items == 1 ? 0 : -1.5 + 3.0 * item / (items - 1);
        }
        return strengths;
    }

    /// Every pair of items compared so many times.
    public PairCounts everyPair(long times) {
        double[] strengths = strengths();
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed + 1);
        PairCounts.Builder counts = PairCounts.builder(items);
        for (int i = 0; i < items; i++) {
            for (int j = i + 1; j < items; j++) {
                add(counts, random, strengths, i, j, times);
            }
        }
        return counts.build();
    }

    /// So many pairs, nearly all different: item i meets items a varying step away.
    public PairCounts pairs(int pairs, long times) {
        double[] strengths = strengths();
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed + 1);
        PairCounts.Builder counts = PairCounts.builder(items);
        for (int pair = 0; pair < pairs; pair++) {
            int i = pair % items;
            int j = (int) ((i + 1L + random.nextInt(items - 1)) % items);
            add(counts, random, strengths, i, j, times);
        }
        return counts.build();
    }

    private static void add(
            PairCounts.Builder counts, UniformRandomProvider random, double[] strengths, int i, int j, long times) {
        double p = 1 / (1 + Math.exp(strengths[j] - strengths[i]));
        long wins = BinomialSampler.sample(random, times, p);
        counts.add(i, j, wins, times - wins, 0);
    }
}
