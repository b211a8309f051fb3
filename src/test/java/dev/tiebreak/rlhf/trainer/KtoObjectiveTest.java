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

    /// @param rows a letter for the prompt, a digit for the completion
    private static List<Integer> borrowed(int groupSize, String... rows) {
        List<LabelledExample> examples = Stream.of(rows)
                .map(row -> new LabelledExample(new int[] {row.charAt(0)}, new int[] {row.charAt(1) - '0'}, true))
                .toList();
        return KtoObjective.mismatched(examples, groupSize).stream()
                .map(row -> row.completion()[0])
                .toList();
    }
}
