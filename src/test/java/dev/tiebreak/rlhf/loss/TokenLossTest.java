package dev.tiebreak.rlhf.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/// W14 of the specification: log-probabilities −0.5, −1, −2, −0.25, of which the first is not learnt.
class TokenLossTest {
    private static final double[] LEARNT = {-1, -2, -0.25};

    @Test
    void negative_log_likelihood() {
        assertThat(mean(TokenLoss.NLL)).isCloseTo(1.08333333, within(5e-9));
    }

    @Test
    void dynamic_fine_tuning_weighs_each_token_with_its_probability() {
        assertThat(mean(TokenLoss.DFT)).isCloseTo(0.27775007, within(5e-9));
    }

    @Test
    void the_weight_is_a_constant_and_has_no_slope_of_its_own() {
        for (double logProb : LEARNT) {
            assertThat(TokenLoss.NLL.slope(logProb)).isEqualTo(-1);
            assertThat(TokenLoss.DFT.slope(logProb)).isEqualTo(-Math.exp(logProb)); // not −e^x·(1 + x)
        }
    }

    private static double mean(TokenLoss loss) {
        return DoubleStream.of(LEARNT).map(loss::value).average().orElseThrow();
    }
}
