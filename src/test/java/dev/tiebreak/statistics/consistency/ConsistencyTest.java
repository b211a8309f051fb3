package dev.tiebreak.statistics.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.consistency.CircularTriads.Complete;
import dev.tiebreak.statistics.consistency.CircularTriads.Cycle;
import dev.tiebreak.statistics.consistency.CircularTriads.Restricted;
import dev.tiebreak.statistics.consistency.StochasticTransitivity.Violations;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class ConsistencyTest {
    /// Kendall & Babington Smith 1940, p. 326: a dog's choices among six foods.
    private static final double[][] DOG = {
        {0, 1, 1, 0, 1, 1},
        {0, 0, 0, 1, 1, 0},
        {0, 1, 0, 1, 1, 1},
        {1, 0, 0, 0, 0, 0},
        {0, 0, 0, 1, 0, 1},
        {0, 1, 0, 1, 0, 0},
    };

    @Test
    void listed_cycles_are_all_there_are() {
        var dog = (Complete) CircularTriads.of(DOG);
        assertThat(dog.strongest()).hasSize(5).contains(new Cycle(0, 1, 3, 1), new Cycle(0, 2, 3, 1));
        assertThat(dog.strongest())
                .allMatch(cycle -> DOG[cycle.first()][cycle.second()] == 1
                        && DOG[cycle.second()][cycle.third()] == 1
                        && DOG[cycle.third()][cycle.first()] == 1);
    }

    @Test
    void cycles_agree_with_kendalls_formula_on_random_choices() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(11L);
        for (int n = 3; n < 14; n++) {
            double[][] chosen = randomChoices(random, n);
            double squares = Stream.of(chosen)
                    .mapToDouble(row -> Math.pow(DoubleStream.of(row).sum(), 2))
                    .sum();
            var cycles = (Complete) CircularTriads.of(chosen);
            // d = n (n − 1) (2n − 1) / 12 − ½ Σ a², an identity
            assertThat((double) cycles.circular()).isEqualTo(n * (n - 1) * (2 * n - 1) / 12.0 - squares / 2);
            assertThat(cycles.zeta()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void the_most_cycles_are_reached_where_everybody_wins_half() {
        double[][] chosen = new double[7][7];
        for (int i = 0; i < 7; i++) {
            for (int step = 1; step <= 3; step++) {
                chosen[i][(i + step) % 7] = 1;
            }
        }
        var cycles = (Complete) CircularTriads.of(chosen);
        assertThat(cycles.circular()).isEqualTo(cycles.most()).isEqualTo(14);
        assertThat(cycles.zeta()).isZero();
    }

    /// Kendall's χ² of 500 random choices among 9 items: its mean is the degrees of freedom, less what `+ ½`
    /// adds.
    @Test
    void chi_squared_of_random_choices_is_about_its_degrees_of_freedom() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(12L);
        double mean = IntStream.range(0, 500)
                .mapToDouble(_ -> ((Complete) CircularTriads.of(randomChoices(random, 9))).chiSquared())
                .average()
                .orElseThrow();
        double df = 9 * 8 * 7 / 25.0; // standard error of the mean: √(2 · 20 / 500) = 0.3
        assertThat(mean).isCloseTo(df + 8.0 / 5 * 0.5, within(1.0));
    }

    private static double[][] randomChoices(UniformRandomProvider random, int n) {
        double[][] chosen = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                boolean first = random.nextBoolean();
                chosen[i][j] = first ? 1 : 0;
                chosen[j][i] = first ? 0 : 1;
            }
        }
        return chosen;
    }

    @Test
    void pooled_cycles_follow_majorities_and_the_widest_come_first() {
        double[][] chosen = {
            {0, 9, 2, 6},
            {1, 0, 8, 3},
            {8, 2, 0, 10},
            {4, 7, 0, 0},
        };
        var cycles = (Complete) CircularTriads.of(chosen);
        // 0 > 1 > 2 > 0 by 8, 6 and 6; 1 > 2 > 3 > 1 by 6, 10 and 4
        assertThat(cycles.strongest()).containsExactly(new Cycle(0, 1, 2, 6), new Cycle(1, 2, 3, 4));
        assertThat(cycles.most()).isEqualTo(2);
    }

    @Test
    void names_of_items_do_not_matter() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(3L);
        double[][] chosen = new double[8][8];
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < i; j++) {
                chosen[i][j] = random.nextInt(11);
                chosen[j][i] = 10 - chosen[i][j];
            }
        }
        int[] order = PermutationSampler.natural(8);
        PermutationSampler.shuffle(random, order);
        double[][] renamed = new double[8][8];
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                renamed[order[i]][order[j]] = chosen[i][j];
            }
        }
        assertThat(StochasticTransitivity.of(renamed)).isEqualTo(StochasticTransitivity.of(chosen));
        assertThat(((KendallU.Agreement) KendallU.of(renamed)).u())
                .isEqualTo(((KendallU.Agreement) KendallU.of(chosen)).u());
    }

    @Test
    void an_incomplete_design_counts_complete_triples_and_says_so() {
        double[][] chosen = {
            {0, 1, 0, 0},
            {0, 0, 1, 1},
            {1, 0, 0, 1},
            {0, 0, 0, 0}, // never judged against item 0
        };
        assertThat(CircularTriads.of(chosen)).isInstanceOfSatisfying(Restricted.class, restricted -> {
            assertThat(restricted.circular()).isEqualTo(1);
            assertThat(restricted.share()).isEqualTo(0.5);
            assertThat(restricted.statement()).startsWith("2 of 4 triples");
        });
        assertThat(StochasticTransitivity.of(chosen)).isEqualTo(new Violations(1, 1, 1, 2, 4));
        assertThat(KendallU.of(chosen))
                .isInstanceOfSatisfying(
                        KendallU.Undefined.class,
                        undefined -> assertThat(undefined.reason()).contains("same number"));
    }

    @Test
    void too_little_is_undefined_with_a_reason() {
        double[][] pair = {{0, 1}, {0, 0}};
        double[][] path = {{0, 1, 0}, {0, 0, 1}, {0, 0, 0}};
        assertThat(CircularTriads.of(pair)).isInstanceOf(CircularTriads.Undefined.class);
        assertThat(CircularTriads.of(path)).isInstanceOf(CircularTriads.Undefined.class);
        assertThat(StochasticTransitivity.of(pair)).isInstanceOf(StochasticTransitivity.Undefined.class);
        assertThat(StochasticTransitivity.of(path)).isInstanceOf(StochasticTransitivity.Undefined.class);
        assertThat(KendallU.of(pair))
                .isInstanceOfSatisfying(
                        KendallU.Undefined.class,
                        undefined -> assertThat(undefined.reason()).contains("two annotators"));
        assertThat(KendallU.of(new double[][] {{0}})).isInstanceOf(KendallU.Undefined.class);
    }

    @Test
    void full_agreement_is_1_and_an_even_split_the_least() {
        double[][] alike = {{0, 4, 4}, {0, 0, 4}, {0, 0, 0}};
        double[][] split = {{0, 2, 2}, {2, 0, 2}, {2, 2, 0}};
        assertThat(((KendallU.Agreement) KendallU.of(alike)).u()).isEqualTo(1);
        var least = (KendallU.Agreement) KendallU.of(split);
        assertThat(least.u()).isCloseTo(least.least(), within(1e-15));
        assertThat(((KendallU.Agreement) KendallU.of(new double[][] {{0, 2}, {0, 0}})).test())
                .isEmpty();
    }

    @Test
    void each_law_is_broken_where_the_one_below_still_holds() {
        // p01 = 0.8 and p12 = 0.7, and p02 on either side of ½, 0.7 and 0.8
        assertThat(StochasticTransitivity.of(chain(4))).isEqualTo(new Violations(1, 1, 1, 1, 3));
        assertThat(StochasticTransitivity.of(chain(6))).isEqualTo(new Violations(0, 1, 1, 1, 3));
        assertThat(StochasticTransitivity.of(chain(7))).isEqualTo(new Violations(0, 0, 1, 1, 3));
        assertThat(StochasticTransitivity.of(chain(8))).isEqualTo(new Violations(0, 0, 0, 1, 3));
    }

    private static double[][] chain(double across) {
        return new double[][] {{0, 8, across}, {2, 0, 7}, {10 - across, 3, 0}};
    }

    @Test
    void a_tie_lets_the_kinder_order_count() {
        // 0 = 1, 1 over 2 by 0.7, 0 over 2 by 0.6: from 1 over 0 over 2 all laws hold, from 0 over 1 over 2 strong
        // fails
        assertThat(StochasticTransitivity.of(new double[][] {{0, 5, 6}, {5, 0, 7}, {4, 3, 0}}))
                .isEqualTo(new Violations(0, 0, 0, 1, 3));
    }
}
