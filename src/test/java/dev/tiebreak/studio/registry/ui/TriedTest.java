package dev.tiebreak.studio.registry.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointId;
import dev.tiebreak.studio.registry.CheckpointKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TriedTest {

    @Test
    void the_second_wins_with_the_probability_of_bradley_and_terry() {
        // σ(ln 3) = 3/4 by hand
        assertThat(scored(1.0, 1.0 + Math.log(3)).chanceOfSecond())
                .hasValueSatisfying(chance -> assertThat(chance).isCloseTo(0.75, within(1e-12)));
        assertThat(scored(2000.0, -2000.0).chanceOfSecond()).contains(0.0);
        assertThat(scored(-2000.0, 2000.0).chanceOfSecond()).contains(1.0);
    }

    @Test
    void only_a_difference_that_can_be_seen_makes_one_of_them_higher() {
        Tried clear = scored(0.2, 0.1);
        assertThat(clear.isBest(0)).isTrue();
        assertThat(clear.isBest(1)).isFalse();
        Tried rounding = scored(0.76443928, 0.76443922);
        assertThat(rounding.isBest(0) || rounding.isBest(1)).isFalse();
    }

    @Test
    void one_completion_alone_has_nobody_to_win_against() {
        Tried alone = new Tried("Hello", List.of(model()), Optional.empty());
        alone.score(List.of(1.5));
        assertThat(alone.chanceOfSecond()).isEmpty();
        assertThat(alone.isBest(0)).isFalse();
    }

    private static Tried scored(double first, double second) {
        Tried tried = new Tried("Hello", List.of(model(), model()), Optional.of(model()));
        tried.score(List.of(first, second));
        return tried;
    }

    private static Checkpoint model() {
        return new Checkpoint(
                new CheckpointId(UUID.randomUUID()),
                "tiny",
                CheckpointKind.BASE,
                Path.of("tiny"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Instant.EPOCH,
                "somebody");
    }
}
