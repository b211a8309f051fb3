package dev.tiebreak.statistics.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogisticTest {
    @Test
    void of_log_odds_is_the_probability() {
        assertThat(Logistic.of(0)).isEqualTo(0.5);
        assertThat(Logistic.of(Math.log(3))).isCloseTo(0.75, within(1e-15));
        assertThat(Logistic.of(-800)).isZero();
        assertThat(Logistic.of(800)).isOne();
    }

    @Test
    void logarithms_keep_their_digits_at_both_ends() {
        assertThat(Logistic.log(Math.log(3))).isCloseTo(Math.log(0.75), within(1e-15));
        assertThat(Logistic.log(-800)).isEqualTo(-800);
        assertThat(Logistic.log(40) / -Math.exp(-40)).isCloseTo(1, within(1e-15));
    }
}
