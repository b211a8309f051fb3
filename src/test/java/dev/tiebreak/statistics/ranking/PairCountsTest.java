package dev.tiebreak.statistics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairCountsTest {

    @Test
    void comparisons_of_a_pair_add_up_whoever_stood_left() {
        var counts = PairCounts.builder(5)
                .add(2, 0, Outcome.LEFT)
                .add(0, 2, Outcome.LEFT)
                .add(0, 2, Outcome.TIE)
                .add(3, 2, 4, 1, 0)
                .add(2, 0, Outcome.LEFT, 0.5)
                .build();
        assertThat(counts.items()).isEqualTo(5);
        assertThat(counts.pairs()).isEqualTo(2);
        assertThat(counts.start(0)).isZero();
        assertThat(counts.end(0)).isEqualTo(1);
        assertThat(counts.higher(0)).isEqualTo(2);
        assertThat(counts.winsOfLower(0)).isEqualTo(1);
        assertThat(counts.winsOfHigher(0)).isEqualTo(1.5);
        assertThat(counts.ties(0)).isEqualTo(1);
        assertThat(counts.winsOfLower(1)).isEqualTo(1);
        assertThat(counts.winsOfHigher(1)).isEqualTo(4);
        assertThat(counts.lowerItem(counts.lowerStart(2))).isZero();
        assertThat(counts.lowerPair(counts.lowerStart(3))).isEqualTo(1);
        assertThat(counts.comparisons()).isEqualTo(8.5);
        assertThat(counts.withoutTies().comparisons()).isEqualTo(7.5);
        assertThatThrownBy(() -> PairCounts.builder().add(1, 1, Outcome.TIE)).hasMessageContaining("1 and 1");
    }

    @Test
    void the_order_of_fractional_weights_leaves_no_trace() {
        List<double[]> rows = new ArrayList<>();
        Random random = new Random(4);
        for (int row = 0; row < 5_000; row++) {
            rows.add(new double[] {random.nextInt(4), 4 + random.nextInt(3), random.nextDouble(), random.nextDouble()});
        }
        PairCounts one = built(rows);
        Collections.shuffle(rows, random);
        PairCounts other = built(rows);
        for (int pair = 0; pair < one.pairs(); pair++) {
            assertThat(other.winsOfLower(pair)).isEqualTo(one.winsOfLower(pair));
            assertThat(other.winsOfHigher(pair)).isEqualTo(one.winsOfHigher(pair));
        }
    }

    private static PairCounts built(List<double[]> rows) {
        PairCounts.Builder counts = PairCounts.builder();
        rows.forEach(row -> counts.add((int) row[0], (int) row[1], row[2], row[3], 0));
        return counts.build();
    }

    @Test
    void nine_million_rows_of_few_pairs_are_counted_on_the_way() {
        PairCounts.Builder counts = PairCounts.builder();
        for (int row = 0; row < 9_000_000; row++) {
            counts.add(row % 3, 3 + row % 2, row % 5 == 0 ? Outcome.LEFT : Outcome.RIGHT);
        }
        PairCounts built = counts.build();
        assertThat(built.pairs()).isEqualTo(6);
        assertThat(built.comparisons()).isEqualTo(9_000_000);
        for (int pair = 0; pair < 6; pair++) {
            assertThat(built.winsOfLower(pair)).isEqualTo(300_000); // 9,000,000 / 6 pairs / 5
        }
    }
}
