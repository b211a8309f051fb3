package dev.tiebreak.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Estimate.Defined;
import dev.tiebreak.statistics.Estimate.WithoutInterval;
import dev.tiebreak.statistics.numeric.BinomialSampler;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemBootstrapTest {
    private static final KrippendorffAlpha ALPHA = KrippendorffAlpha.nominal();

    private static CategoryCounts someItems() {
        return CategoryCounts.builder(3)
                .addItems(310, 5, 0, 0)
                .addItems(120, 3, 2, 0)
                .addItems(200, 1, 3, 1)
                .addItems(40, 0, 1, 4)
                .addItems(7, 2, 2, 1)
                .build();
    }

    @Test
    void the_same_seed_gives_the_same_interval_on_any_number_of_threads() throws Exception {
        var bootstrap = new ItemBootstrap(1_000, 7, 0.95);
        try (var one = new ForkJoinPool(1);
                var five = new ForkJoinPool(5)) {
            Estimate alone = one.submit(() -> bootstrap.of(someItems(), ALPHA)).get();
            Estimate together =
                    five.submit(() -> bootstrap.of(someItems(), ALPHA)).get();
            assertThat(together).isEqualTo(alone).isInstanceOf(Defined.class);
        }
        assertThat(new ItemBootstrap(1_000, 8, 0.95).of(someItems(), ALPHA))
                .isNotEqualTo(bootstrap.of(someItems(), ALPHA));
    }

    @Test
    void an_interval_holds_its_value_and_narrows_with_the_root_of_the_items() {
        CategoryCounts.Builder fourfold = CategoryCounts.builder(3);
        for (int pattern = 0; pattern < someItems().patterns(); pattern++) {
            int p = pattern;
            fourfold.addItems(
                    4 * someItems().multiplicity(p),
                    IntStream.range(0, 3).map(c -> someItems().count(p, c)).toArray());
        }
        var bootstrap = new ItemBootstrap(4_000, 1, 0.95);
        var narrow = (Defined) bootstrap.of(fourfold.build(), ALPHA);
        var wide = (Defined) bootstrap.of(someItems(), ALPHA);
        assertThat(wide.value()).isBetween(wide.low(), wide.high());
        // 4,000 draws leave each width uncertain by about 2 %
        assertThat((wide.high() - wide.low()) / (narrow.high() - narrow.low())).isCloseTo(2, within(0.15));
    }

    @Test
    void a_handful_of_items_has_a_value_but_no_interval() {
        CategoryCounts few =
                CategoryCounts.builder(2).addItems(5, 2, 0).addItems(4, 1, 1).build();
        assertThat(new ItemBootstrap(1_000, 1, 0.95).of(few, ALPHA))
                .isInstanceOfSatisfying(
                        WithoutInterval.class,
                        estimate -> assertThat(estimate.reason())
                                .isEqualTo("an interval needs at least 10 items with two labels or more, there are 9"));
    }

    @Test
    void one_odd_label_among_many_is_too_little_for_an_interval() {
        CategoryCounts nearlyConstant =
                CategoryCounts.builder(2).addItems(500, 3, 0).addItems(1, 2, 1).build();
        assertThat(new ItemBootstrap(1_000, 1, 0.95).of(nearlyConstant, ALPHA))
                .isInstanceOfSatisfying(
                        WithoutInterval.class,
                        estimate -> assertThat(estimate.reason()).contains("label more items"));
    }

    @ParameterizedTest
    @CsvSource({"30, 0.1", "60, 0.4", "1000, 0.015", "1000, 0.02", "5000, 0.37", "400, 0.93"})
    void binomial_draws_follow_the_distribution(long n, double p) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(20_26L);
        var distribution = BinomialDistribution.of((int) n, p);
        int draws = 200_000;
        int[] seen = new int[(int) n + 1];
        for (int draw = 0; draw < draws; draw++) {
            seen[(int) BinomialSampler.sample(random, n, p)]++;
        }
        double chiSquared = 0;
        int cells = 0;
        double expectedRest = 0;
        double seenRest = 0;
        for (int k = 0; k <= n; k++) {
            double expected = draws * distribution.probability(k);
            if (expected >= 10) {
                chiSquared += (seen[k] - expected) * (seen[k] - expected) / expected;
                cells++;
            } else {
                expectedRest += expected;
                seenRest += seen[k];
            }
        }
        if (expectedRest > 0) {
            chiSquared += (seenRest - expectedRest) * (seenRest - expectedRest) / expectedRest;
        }
        assertThat(ChiSquaredDistribution.of(cells).survivalProbability(chiSquared))
                .as("p-value of Pearson's test; one in a thousand right samplers fails at any one seed")
                .isGreaterThan(0.001);
    }

    /// 500 simulated studies of 200 items with 5 labels: an annotator gives the true category with probability 0.8.
    /// Coverage of a right 95 % interval has a standard error of 1 %, so 92 to 97 % are allowed.
    @Test
    void a_95_percent_interval_covers_the_truth_in_95_percent_of_studies() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5L);
        double truth = ALPHA.of(study(random, 2_000_000)).point().orElseThrow();
        int covered = 0;
        for (int study = 0; study < 500; study++) {
            var interval = (Defined) new ItemBootstrap(1_000, study, 0.95).of(study(random, 200), ALPHA);
            covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
        }
        assertThat(covered / 500.0).isBetween(0.92, 0.97);
    }

    private static CategoryCounts study(UniformRandomProvider random, int items) {
        CategoryCounts.Builder counts = CategoryCounts.builder(3);
        for (int item = 0; item < items; item++) {
            int[] labels = new int[3];
            int truth = random.nextDouble() < 0.5 ? 0 : 1 + random.nextInt(2);
            for (int annotator = 0; annotator < 5; annotator++) {
                labels[random.nextDouble() < 0.7 ? truth : random.nextInt(3)]++;
            }
            counts.add(labels);
        }
        return counts.build();
    }
}
