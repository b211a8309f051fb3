package dev.tiebreak.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// Studies in which the truth is known: an item has a true category of four, uneven ones; annotator g gives it with a
/// probability of their own, else any category by chance.
record Simulated(int items, int annotators, double present, double alone) {
    private static final double[] UPPER = {0.45, 0.75, 0.9, 1};
    private static final int STUDIES = 500;

    /// @param present probability that an annotator labels an item
    /// @param alone share of items that only one of them labels
    static Simulated study(int items, int annotators, double present, double alone) {
        return new Simulated(items, annotators, present, alone);
    }

    Labels labels(UniformRandomProvider random) {
        Labels.Builder labels = Labels.builder(UPPER.length);
        for (int item = 0; item < items; item++) {
            int truth = 0;
            for (double u = random.nextDouble(); u > UPPER[truth]; ) {
                truth++;
            }
            boolean single = random.nextDouble() < alone;
            int only = random.nextInt(annotators);
            for (int g = 0; g < annotators; g++) {
                boolean known = random.nextDouble() < 0.55 + 0.3 * g / annotators;
                int label = known ? truth : random.nextInt(UPPER.length);
                if (single ? g == only : random.nextDouble() < present) {
                    labels.add(item, g, label);
                }
            }
        }
        return labels.build();
    }

    /// Coverage of a right 95 % interval has a standard error of 1 % over 500 studies, so 92 to 97 % are allowed.
    void requireCoverage(BiFunction<Labels, Double, Estimate> interval) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(11L);
        double truth = interval.apply(new Simulated(200_000, annotators, present, alone).labels(random), 0.95)
                .point()
                .orElseThrow();
        int covered = 0;
        for (int study = 0; study < STUDIES; study++) {
            var estimate = (Estimate.Defined) interval.apply(labels(random), 0.95);
            covered += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
        }
        assertThat((double) covered / STUDIES).isBetween(0.92, 0.97);
    }

    void requireCoverageOfCounts(AnalyticCoefficient coefficient) {
        requireCoverage((labels, confidence) -> coefficient.of(CategoryCounts.of(labels), confidence));
    }

    void requireCoverageOfTable(Function<TwoRaterTable, Estimate> interval) {
        requireCoverage((labels, _) -> interval.apply(TwoRaterTable.of(labels, 0, 1)));
    }
}
