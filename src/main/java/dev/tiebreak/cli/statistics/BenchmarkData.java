package dev.tiebreak.cli.statistics;

import dev.tiebreak.statistics.ranking.PairCounts;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// Made-up annotations of realistic shape, the same at every call.
final class BenchmarkData {

    private BenchmarkData() {}

    /// `[items, 5]`: five labels an item over five categories, the true one with probability 0.68.
    static int[][] counts(int items) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(41L);
        int[][] counts = new int[items][5];
        for (int[] item : counts) {
            int truth = random.nextInt(5);
            for (int label = 0; label < 5; label++) {
                item[random.nextDouble() < 0.6 ? truth : random.nextInt(5)]++;
            }
        }
        return counts;
    }

    /// `[items · 5, 3]`: item, annotator, label of four classes; annotators are right with probability 0.55 to 0.95.
    static int[][] labels(int items, int annotators) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(42L);
        int[][] labels = new int[items * 5][];
        for (int row = 0; row < labels.length; row++) {
            int item = row / 5;
            int truth = item * 7 % 11 % 4;
            int annotator = (item * 13 + row % 5 * (annotators / 5)) % annotators;
            double skill = 0.55 + 0.4 * annotator / annotators;
            labels[row] = new int[] {item, annotator, random.nextDouble() < skill ? truth : random.nextInt(4)};
        }
        return labels;
    }

    /// `[comparisons, 3]`: left, right, and 0 where left won, 1 right, 2 a tie; strengths are normal with deviation 1.
    ///
    /// @param tieShare 0 for no ties
    static int[][] comparisons(int items, int comparisons, double tieShare) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(43L);
        double[] strength = strengths(items);
        int[][] rows = new int[comparisons][];
        for (int row = 0; row < comparisons; row++) {
            int left = random.nextInt(items);
            int right = (left + 1 + random.nextInt(items - 1)) % items;
            int winner = random.nextDouble() < tieShare ? 2 : leftWins(random, strength, left, right) ? 0 : 1;
            rows[row] = new int[] {left, right, winner};
        }
        return rows;
    }

    /// So many pairs, nearly all different, each compared so many times.
    static PairCounts pairs(int items, int pairs, int times) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(45L);
        double[] strength = strengths(items);
        PairCounts.Builder counts = PairCounts.builder(items);
        for (int pair = 0; pair < pairs; pair++) {
            int left = pair % items;
            int right = (left + 1 + random.nextInt(items - 1)) % items;
            int wins = 0;
            for (int i = 0; i < times; i++) {
                wins += leftWins(random, strength, left, right) ? 1 : 0;
            }
            counts.add(left, right, wins, times - wins, 0);
        }
        return counts.build();
    }

    private static boolean leftWins(UniformRandomProvider random, double[] strength, int left, int right) {
        return random.nextDouble() < 1 / (1 + Math.exp(strength[right] - strength[left]));
    }

    private static double[] strengths(int items) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(44L);
        double[] strength = new double[items];
        for (int item = 0; item < items; item++) {
            double sum = -6; // Irwin–Hall: twelve uniforms are nearly normal
            for (int i = 0; i < 12; i++) {
                sum += random.nextDouble();
            }
            strength[item] = sum;
        }
        return strength;
    }
}
