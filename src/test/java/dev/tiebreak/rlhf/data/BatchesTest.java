package dev.tiebreak.rlhf.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    @Test
    void an_epoch_visits_every_example_once_in_an_order_that_seed_and_epoch_decide() {
        int[] order = Batches.shuffled(100, 42, 0);
        assertThat(order).containsExactlyInAnyOrder(IntStream.range(0, 100).toArray());
        assertThat(order).isEqualTo(Batches.shuffled(100, 42, 0));
        assertThat(order).isNotEqualTo(Batches.shuffled(100, 42, 1)).isNotEqualTo(Batches.shuffled(100, 43, 0));
    }

    @Test
    void the_order_does_not_change_between_releases() {
        // seen once with Temurin 25; a change would break the resuming of older runs
        assertThat(Batches.shuffled(8, 42, 0)).containsExactly(2, 4, 7, 3, 0, 1, 5, 6);
    }

    @Test
    void the_last_batch_may_be_smaller() {
        assertThat(Batches.of(new int[] {4, 2, 0, 1, 3}, 2))
                .containsExactly(new int[] {4, 2}, new int[] {0, 1}, new int[] {3});
    }
}
