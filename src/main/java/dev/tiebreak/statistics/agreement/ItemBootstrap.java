package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.numeric.Replicates;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
        Replicates.require(draws, confidence);
    }

    /// The coefficient with its interval; without one where items are too few.
    public Estimate of(CategoryCounts counts, AgreementCoefficient coefficient) {
        return of(counts, List.of(coefficient)).getFirst();
    }

    /// Several coefficients of the same items, all on the same redrawn items.
    public List<Estimate> of(CategoryCounts counts, List<? extends AgreementCoefficient> coefficients) {
        List<Estimate> estimates =
                coefficients.stream().map(coefficient -> coefficient.of(counts)).toList();
        if (counts.pairableItems() < FEWEST_ITEMS) {
            return estimates.stream()
                    .map(estimate -> withoutInterval(estimate, counts.pairableItems()))
                    .toList();
        }
        double[][] replicates = replicates(counts, coefficients);
        return IntStream.range(0, estimates.size())
                .mapToObj(i -> withInterval(estimates.get(i), replicates[i]))
                .toList();
    }

    private static Estimate withoutInterval(Estimate estimate, long items) {
        return estimate.point().isEmpty()
                ? estimate
                : new Estimate.WithoutInterval(
                        estimate.point().getAsDouble(),
                        "an interval needs at least " + FEWEST_ITEMS + " items with two labels or more, there are "
                                + items);
    }

    private Estimate withInterval(Estimate estimate, double[] replicates) {
        if (estimate.point().isEmpty()) {
            return estimate;
        }
        double value = estimate.point().getAsDouble();
        double[] ascending = Arrays.stream(replicates)
                .filter(replicate -> !Double.isNaN(replicate))
                .sorted()
                .toArray();
        if (ascending.length < draws * (1 - MOST_UNDEFINED)) {
            return new Estimate.WithoutInterval(
                    value,
                    "one category holds nearly all labels, so that many redrawn item sets have no other: label more"
                            + " items");
        }
        return Estimate.ofReplicates(
                value, ascending, confidence, "item bootstrap, %,d draws, percentiles".formatted(draws));
    }

    /// `[coefficient, draw]`: values on redrawn items, NaN where undefined.
    private double[][] replicates(CategoryCounts counts, List<? extends AgreementCoefficient> coefficients) {
        Replicates seeds = Replicates.of(seed, draws);
        ItemDraw draw = ItemDraw.from(counts);
        double[][] replicates = new double[coefficients.size()][draws];
        IntStream.range(0, draws).parallel().forEach(replicate -> {
            CategoryCounts redrawn = draw.redraw(seeds.generator(replicate));
            for (int i = 0; i < replicates.length; i++) {
                replicates[i][replicate] =
                        coefficients.get(i).of(redrawn).point().orElse(Double.NaN);
            }
        });
        return replicates;
    }
}
