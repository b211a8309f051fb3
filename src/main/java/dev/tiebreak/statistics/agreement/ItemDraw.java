package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.numeric.BinomialSampler;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/// Draws as many items as there are, with replacement: one exact multinomial draw of the patterns' multiplicities.
///
/// Few patterns are drawn one binomial each; where nearly every item has a pattern of its own, item by item is faster.
sealed interface ItemDraw {
    /// How many uniform draws take as long as one binomial draw, about.
    int UNIFORMS_PER_BINOMIAL = 8;

    CategoryCounts redraw(UniformRandomProvider random);

    static ItemDraw from(CategoryCounts counts) {
        return counts.items() < (long) UNIFORMS_PER_BINOMIAL * counts.patterns()
                ? new ByItem(counts, patternOfItem(counts))
                : new ByPattern(counts);
    }

    private static int[] patternOfItem(CategoryCounts counts) {
        int[] patternOf = new int[Math.toIntExact(counts.items())];
        int item = 0;
        for (int pattern = 0; pattern < counts.patterns(); pattern++) {
            int next = item + (int) counts.multiplicity(pattern);
            Arrays.fill(patternOf, item, next, pattern);
            item = next;
        }
        return patternOf;
    }

    record ByPattern(CategoryCounts counts) implements ItemDraw {
        @Override
        public CategoryCounts redraw(UniformRandomProvider random) {
            long[] times = new long[counts.patterns()];
            long items = counts.items();
            long itemsToDraw = items;
            for (int pattern = 0; pattern < times.length; pattern++) {
                long multiplicity = counts.multiplicity(pattern);
                times[pattern] = BinomialSampler.sample(random, itemsToDraw, (double) multiplicity / items);
                itemsToDraw -= times[pattern];
                items -= multiplicity;
            }
            return counts.redrawn(times);
        }
    }

    record ByItem(CategoryCounts counts, int[] patternOf) implements ItemDraw {
        @Override
        public CategoryCounts redraw(UniformRandomProvider random) {
            long[] times = new long[counts.patterns()];
            for (int draw = 0; draw < patternOf.length; draw++) {
                times[patternOf[random.nextInt(patternOf.length)]]++;
            }
            return counts.redrawn(times);
        }
    }
}
