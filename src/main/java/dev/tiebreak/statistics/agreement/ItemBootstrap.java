package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.numeric.BinomialSampler;
import dev.tiebreak.statistics.numeric.Quantile;
import dev.tiebreak.statistics.numeric.Replicates;
import dev.tiebreak.statistics.numeric.Spread;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/// Percentile intervals by drawing items with replacement (Efron 1979), labels of one item staying together.
///
/// On patterns, one replicate is one exact multinomial draw of their multiplicities. Drawing label pairs instead, as
/// some libraries do, gives intervals of half the true width. Every replicate has its own generator, seeded from its
/// number: the same seed gives the same interval to the last bit, on any number of threads.
///
/// @param draws number of replicates; 1,000 leaves the limits uncertain by a few hundredths of their width
/// @param seed of all replicates
/// @param confidence between 0 and 1
public record ItemBootstrap(int draws, long seed, double confidence) {
    /// With fewer items the replicates are too few different ones to say anything about limits.
    static final int FEWEST_ITEMS = 10;

    /// Replicates in which the coefficient may be undefined (all drawn labels alike) before the interval is refused.
    private static final double MOST_UNDEFINED = 0.01;

    public ItemBootstrap {
        if (draws < 100 || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "a bootstrap takes 100 draws or more and a confidence between 0 and 1, got " + draws + " and "
                            + confidence);
        }
    }

    /// The coefficient with its interval; without one where items are too few.
    public Estimate of(CategoryCounts counts, AgreementCoefficient coefficient) {
        Estimate estimate = coefficient.of(counts);
        if (estimate.point().isEmpty()) {
            return estimate;
        }
        double value = estimate.point().getAsDouble();
        long items = counts.pairableItems();
        if (items < FEWEST_ITEMS) {
            return new Estimate.WithoutInterval(
                    value,
                    "an interval needs at least " + FEWEST_ITEMS + " items with two labels or more, there are "
                            + items);
        }
        double[] replicates = replicates(counts, coefficient);
        if (replicates.length < draws * (1 - MOST_UNDEFINED)) {
            return new Estimate.WithoutInterval(
                    value,
                    "one category holds nearly all labels, so that many redrawn item sets have no other: label more"
                            + " items");
        }
        double tail = (1 - confidence) / 2;
        return new Estimate.Defined(
                value,
                Spread.ofSample(replicates),
                Quantile.of(replicates, tail),
                Quantile.of(replicates, 1 - tail),
                confidence,
                method());
    }

    private String method() {
        return "item bootstrap, %,d draws, percentiles".formatted(draws);
    }

    /// Values of the coefficient on redrawn items, ascending; those undefined left out.
    private double[] replicates(CategoryCounts counts, AgreementCoefficient coefficient) {
        Replicates replicates = Replicates.of(seed, draws);
        return IntStream.range(0, draws)
                .parallel()
                .mapToObj(draw -> coefficient
                        .of(redraw(counts, replicates.generator(draw)))
                        .point())
                .flatMapToDouble(point -> point.stream())
                .sorted()
                .toArray();
    }

    private static CategoryCounts redraw(CategoryCounts counts, UniformRandomProvider random) {
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
