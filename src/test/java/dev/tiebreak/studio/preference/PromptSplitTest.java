package dev.tiebreak.studio.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.studio.preference.FreezeSettings.MarginRule;
import dev.tiebreak.studio.preference.FreezeSettings.VotePolicy;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptSplitTest {
    private static FreezeSettings split(double fraction, long seed) {
        return new FreezeSettings(1, VotePolicy.DROP, VotePolicy.DROP, MarginRule.STRENGTH, fraction, seed);
    }

    @Test
    void the_share_of_test_prompts_is_met_in_expectation() {
        long test = IntStream.range(0, 10_000)
                .filter(prompt -> PromptSplit.isTest(Sha256.hex("p" + prompt), split(0.2, 3)))
                .count();
        assertThat(test / 10_000.0).isCloseTo(0.2, within(0.016)); // four standard errors
    }

    @Test
    void a_larger_share_only_adds_test_prompts() {
        assertThat(IntStream.range(0, 1_000).mapToObj(prompt -> Sha256.hex("p" + prompt)))
                .allMatch(prompt ->
                        !PromptSplit.isTest(prompt, split(0.1, 3)) || PromptSplit.isTest(prompt, split(0.3, 3)));
    }

    @Test
    void another_seed_is_another_split_and_nothing_is_set_aside_for_0() {
        assertThat(IntStream.range(0, 1_000).mapToObj(prompt -> Sha256.hex("p" + prompt)))
                .anyMatch(prompt ->
                        PromptSplit.isTest(prompt, split(0.5, 1)) != PromptSplit.isTest(prompt, split(0.5, 2)))
                .noneMatch(prompt -> PromptSplit.isTest(prompt, split(0, 1)));
    }
}
