package dev.tiebreak.rlhf.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.rlhf.model.PackedSequences;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionTokensTest {
    @Test
    void each_completion_token_is_predicted_at_the_place_before_it_and_prompts_are_not_predicted() {
        PackedSequences packed =
                PackedSequences.of(List.of(new int[] {10, 11, 12, 13}, new int[] {20, 21}, new int[] {30, 31, 32}));

        CompletionTokens tokens = CompletionTokens.of(packed, new int[] {2, 1, 0});

        assertThat(tokens.places()).containsExactly(1, 2, 4, 6, 7);
        assertThat(tokens.targets()).containsExactly(12, 13, 21, 31, 32); // nothing stands before 30
        assertThat(tokens.counts()).containsExactly(2, 1, 2);
        assertThat(tokens.sums(new float[] {1, 2, 4, 8, 16})).containsExactly(3, 4, 24);
        assertThat(tokens.spread(new double[] {5, 6, 7})).containsExactly(5, 5, 6, 7, 7);
    }
}
