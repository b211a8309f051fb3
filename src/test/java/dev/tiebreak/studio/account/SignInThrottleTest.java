package dev.tiebreak.studio.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final SignInThrottle throttle = new SignInThrottle(() -> now);

    @Test
    void after_the_free_attempts_each_wait_is_twice_the_last_up_to_a_minute() {
        fail(SignInThrottle.FREE_FOR_AN_ACCOUNT, "grace", "10.0.0.1");
        long[] waits = {1, 2, 4, 8, 16, 32, 60, 60};
        for (long seconds : waits) {
            assertThat(throttle.attempt("grace", "10.0.0.1")).isEqualTo(Duration.ofSeconds(seconds));
            now = now.plusSeconds(seconds);
            assertThat(throttle.attempt("Grace ", "10.0.0.1")).isZero();
        }
    }

    @Test
    void waiting_is_nobody_elses_trouble() {
        fail(SignInThrottle.FREE_FOR_AN_ACCOUNT, "grace", "10.0.0.1");
        assertThat(throttle.attempt("grace", "10.0.0.2")).as("the real Grace").isZero();
        assertThat(throttle.attempt("alan", "10.0.0.1")).as("her neighbour").isZero();
    }

    @Test
    void one_address_cannot_try_one_password_on_everybody() {
        for (int i = 0; i < SignInThrottle.FREE_FOR_AN_ADDRESS; i++) {
            assertThat(throttle.attempt("person " + i, "2001:db8::" + i)).isZero();
        }
        assertThat(throttle.attempt("one more", "2001:db8::ffff")).isPositive();
        assertThat(throttle.attempt("one more", "2001:db8:0:1::1"))
                .as("another network")
                .isZero();
    }

    @Test
    void signing_in_clears_the_account_and_time_clears_all() {
        fail(SignInThrottle.FREE_FOR_AN_ACCOUNT - 1, "grace", "10.0.0.1");
        assertThat(throttle.attempt("grace", "10.0.0.1")).isZero();
        throttle.succeeded("grace", "10.0.0.1");
        fail(SignInThrottle.FREE_FOR_AN_ACCOUNT, "grace", "10.0.0.1");
        assertThat(throttle.attempt("grace", "10.0.0.1")).isPositive();
        now = now.plus(SignInThrottle.FORGOTTEN_AFTER);
        assertThat(throttle.attempt("grace", "10.0.0.1")).isZero();
    }

    @Test
    void it_remembers_a_bounded_number_of_guessers() {
        for (int i = 0; i < SignInThrottle.MOST_REMEMBERED; i++) {
            throttle.attempt("person " + i, "10.0." + i / 256 + "." + i % 256);
        }
        assertThat(throttle.remembered()).isEqualTo(SignInThrottle.MOST_REMEMBERED);
    }

    private void fail(int times, String username, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(throttle.attempt(username, address)).isZero();
        }
    }
}
