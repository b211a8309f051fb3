package dev.tiebreak.statistics.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalQuadratureTest {
    @Test
    void nodes_are_those_of_the_tables() {
        // Abramowitz & Stegun 25.10 for n = 3, on the scale of the standard normal
        NormalQuadrature three = NormalQuadrature.of(3);
        assertThat(three.nodes()).containsExactly(new double[] {-Math.sqrt(3), 0, Math.sqrt(3)}, within(1e-14));
        assertThat(three.weights()).containsExactly(new double[] {1 / 6.0, 2 / 3.0, 1 / 6.0}, within(1e-14));
    }

    @Test
    void means_of_functions_of_any_normal_variable() {
        NormalQuadrature many = NormalQuadrature.of(32);
        assertThat(many.mean(0, 1, x -> Math.pow(x, 10))).isCloseTo(945, within(1e-9)); // 9!!
        assertThat(many.mean(0.3, 0.7, Math::exp)).isCloseTo(Math.exp(0.3 + 0.245), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 31, 248})
    void integrates_the_normal_moments(int nodes) {
        NormalQuadrature quadrature = NormalQuadrature.of(nodes);
        double moment = 1;
        for (int power = 0; power < Math.min(2 * nodes, 20); power += 2) {
            double sum = 0;
            for (int node = 0; node < nodes; node++) {
                sum += quadrature.weights()[node] * Math.pow(quadrature.nodes()[node], power);
            }
            assertThat(sum / moment).as("moment %d", power).isCloseTo(1, within(1e-11));
            moment *= power + 1; // 1·3·5·…
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 301})
    void refuses_too_few_and_too_many_nodes(int nodes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NormalQuadrature.of(nodes))
                .withMessage("between 1 and 300 nodes, got " + nodes);
    }
}
