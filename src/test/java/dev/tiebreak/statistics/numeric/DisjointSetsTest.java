package dev.tiebreak.statistics.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DisjointSetsTest {
    @Test
    void a_chain_of_pairs_makes_one_set_named_by_its_lowest_number() {
        DisjointSets sets = new DisjointSets(7);
        sets.join(5, 3);
        sets.join(6, 5);
        sets.join(2, 0);
        assertThat(IntStream.range(0, 7).map(sets::lowest)).containsExactly(0, 1, 0, 3, 4, 3, 3);
        sets.join(2, 6);
        assertThat(IntStream.range(0, 7).map(sets::lowest)).containsExactly(0, 1, 0, 0, 4, 0, 0);
    }
}
