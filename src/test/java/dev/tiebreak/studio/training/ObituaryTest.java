package dev.tiebreak.studio.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ObituaryTest {
    private static final List<String> LOG = List.of("Training rm for 9 steps", "malloc(): corrupted top size", "");

    @Test
    void a_native_abort_names_its_signal_and_the_last_line_of_the_log() {
        assertThat(Obituary.of(OptionalInt.of(134), LOG))
                .isEqualTo(new Obituary(
                        TrainingState.INTERRUPTED,
                        "The trainer aborted inside native code (signal 6)."
                                + " The last line of its log: malloc(): corrupted top size"));
    }

    @Test
    void a_kill_says_what_may_have_killed_it() {
        assertThat(Obituary.of(OptionalInt.of(137), LOG).message())
                .isEqualTo("The trainer was killed (signal 9): by hand, or because the machine ran out of memory.");
    }

    @Test
    void what_the_command_line_refuses_is_a_failure_in_its_own_words() {
        assertThat(Obituary.of(OptionalInt.of(2), List.of("tiebreak: there is no setting 'beat'")))
                .isEqualTo(new Obituary(TrainingState.FAILED, "there is no setting 'beat'"));
    }

    @Test
    void the_child_of_a_dead_studio_takes_its_exit_code_with_it() {
        assertThat(Obituary.of(OptionalInt.empty(), LOG).message()).isEqualTo("The trainer's process has disappeared.");
    }
}
