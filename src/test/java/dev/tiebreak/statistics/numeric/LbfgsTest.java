package dev.tiebreak.statistics.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LbfgsTest {
    /// Rosenbrock's valley (1960) in ten dimensions: minimum 0 at (1, …, 1).
    private static double valley(double[] x, double[] gradient) {
        double value = 0;
        Arrays.fill(gradient, 0);
        for (int i = 0; i + 1 < x.length; i++) {
            double bend = x[i + 1] - x[i] * x[i];
            value += 100 * bend * bend + (1 - x[i]) * (1 - x[i]);
            gradient[i] -= 400 * bend * x[i] + 2 * (1 - x[i]);
            gradient[i + 1] += 200 * bend;
        }
        return value;
    }

    @Test
    void finds_the_bottom_of_a_bent_valley() {
        var minimum = new Lbfgs(500, 1e-9).of(LbfgsTest::valley, new double[10]);
        assertThat(minimum.converged()).isTrue();
        assertThat(minimum.point()).containsExactly(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, within(1e-9));
    }

    @Test
    void says_when_steps_run_out() {
        assertThat(new Lbfgs(5, 1e-9).of(LbfgsTest::valley, new double[10]).converged())
                .isFalse();
    }

    @Test
    void settles_where_a_large_value_hides_the_last_gains() {
        var minimum = new Lbfgs(500, 1e-7)
                .of(
                        (x, gradient) -> {
                            gradient[0] = Math.sinh(x[0] - 3);
                            gradient[1] = 50 * (x[1] + 1);
                            return 1e6 + Math.cosh(x[0] - 3) + 25 * (x[1] + 1) * (x[1] + 1);
                        },
                        0,
                        0);
        assertThat(minimum.converged()).isTrue();
        assertThat(minimum.point()).containsExactly(new double[] {3, -1}, within(1e-6));
    }
}
