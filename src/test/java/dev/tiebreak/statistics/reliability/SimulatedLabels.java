package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Labels;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// Labels of annotators who are right with a probability of their own and otherwise choose any wrong category.
///
/// @param truths category of each item
/// @param accuracies of each annotator
record SimulatedLabels(Labels labels, int[] truths, double[] accuracies) {

    /// @param labelsPerItem by different annotators, drawn anew for each item
    static SimulatedLabels of(long seed, int items, double[] accuracies, int labelsPerItem, int categories) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        Labels.Builder labels = Labels.builder(categories);
        int[] truths = new int[items];
        boolean[] drawn = new boolean[accuracies.length];
        int[] chosen = new int[labelsPerItem];
        for (int item = 0; item < items; item++) {
            truths[item] = random.nextInt(categories);
            for (int i = 0; i < labelsPerItem; i++) {
                do {
                    chosen[i] = random.nextInt(accuracies.length);
                } while (drawn[chosen[i]]);
                drawn[chosen[i]] = true;
                boolean right = random.nextDouble() < accuracies[chosen[i]];
                int label = right ? truths[item] : (truths[item] + 1 + random.nextInt(categories - 1)) % categories;
                labels.add(item, chosen[i], label);
            }
            for (int annotator : chosen) {
                drawn[annotator] = false;
            }
        }
        return new SimulatedLabels(labels.build(), truths, accuracies);
    }

    /// Accuracies between .55 and .95.
    static double[] accuracies(int annotators) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(annotators);
        return random.doubles(annotators).map(u -> 0.55 + 0.4 * u).toArray();
    }
}
