package dev.tiebreak.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.statistics.agreement.CategoryCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void labels_are_ordered_by_item_then_annotator_then_category_whatever_order_they_came_in() {
        Labels labels = Labels.builder(3)
                .add(2, 1, 0)
                .add(0, 4, 2)
                .add(2, 0, 1)
                .add(0, 4, 1)
                .build();
        assertThat(rows(labels)).containsExactly("0 4 1", "0 4 2", "2 0 1", "2 1 0");
        assertThat(labels.items()).isEqualTo(3);
        assertThat(labels.annotators()).isEqualTo(5);
    }

    @Test
    void many_labels_find_room() {
        Labels.Builder builder = Labels.builder(2);
        IntStream.range(0, 5_000).forEach(i -> builder.add(i % 700, i % 13, i % 2));
        Labels labels = builder.build();
        assertThat(labels.size()).isEqualTo(5_000);
        assertThat(labels.end(699)).isEqualTo(5_000);
    }

    @Test
    void counts_forget_annotators_and_items_without_labels() {
        Labels labels = Labels.builder(2).add(0, 0, 1).add(0, 1, 1).add(3, 0, 0).build();
        CategoryCounts counts = CategoryCounts.of(labels);
        assertThat(counts.items()).isEqualTo(2);
        assertThat(counts.count(0, 1)).as("(0, 2) stands before (1, 0)").isEqualTo(2);
        assertThat(counts.labels()).isEqualTo(3);
    }

    @Test
    void a_category_out_of_range_is_a_broken_promise() {
        assertThatThrownBy(() -> Labels.builder(2).add(0, 0, 2)).hasMessageContaining("category 2");
    }

    private static List<String> rows(Labels labels) {
        List<String> rows = new ArrayList<>();
        for (int item = 0; item < labels.items(); item++) {
            for (int label = labels.start(item); label < labels.end(item); label++) {
                rows.add(item + " " + labels.annotator(label) + " " + labels.category(label));
            }
        }
        return rows;
    }
}
