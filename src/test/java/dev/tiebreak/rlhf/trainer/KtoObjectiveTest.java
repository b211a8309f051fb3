package dev.tiebreak.rlhf.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.rlhf.data.LabelledExample;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KtoObjectiveTest {
    @Test
    void prompts_borrow_the_completion_of_the_row_before_around_their_group() {
        assertThat(borrowed(3, "a1", "b2", "c3", "d4", "e5")).containsExactly(3, 1, 2, 5, 4);
    }

    @Test
    void the_other_half_of_a_pair_lends_nothing() {
        assertThat(borrowed(4, "a1", "a2", "b3", "b4")).containsExactly(4, 4, 2, 2);
    }

    @Test
    void where_all_prompts_are_the_same_the_row_before_lends() {
        assertThat(borrowed(2, "a1", "a2", "a3")).containsExactly(2, 1, 3);
    }

    @Test
    void what_is_lent_is_cut_to_the_room_that_the_prompt_leaves() {
        List<LabelledExample> rows = List.of(
                new LabelledExample(new int[] {1, 2, 3, 4}, new int[] {5}, true),
                new LabelledExample(new int[] {6}, new int[] {7, 8, 9, 10}, true));
        assertThat(KtoObjective.mismatched(rows, 2, 5))
                .extracting(row -> row.completion().length)
                .containsExactly(1, 1);
        assertThat(KtoObjective.mismatched(rows, 2, 7).getFirst().completion()).containsExactly(7, 8, 9);
    }

    /// @param rows a letter for the prompt, a digit for the completion
    private static List<Integer> borrowed(int groupSize, String... rows) {
        List<LabelledExample> examples = Stream.of(rows)
                .map(row -> new LabelledExample(new int[] {row.charAt(0)}, new int[] {row.charAt(1) - '0'}, true))
                .toList();
        return KtoObjective.mismatched(examples, groupSize, Integer.MAX_VALUE).stream()
                .map(row -> row.completion()[0])
                .toList();
    }
}
