package dev.tiebreak.statistics.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.ForkJoinPool;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {

    /// A Gram matrix plus the unit matrix.
    private static double[][] positiveDefinite(int n) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(n);
        double[][] factors = new double[n][7];
        double[][] matrix = new double[n][n];
        for (int row = 0; row < n; row++) {
            for (int k = 0; k < 7; k++) {
                factors[row][k] = random.nextDouble() - 0.5;
            }
            for (int column = 0; column <= row; column++) {
                double dot = row == column ? 1 : 0;
                for (int k = 0; k < 7; k++) {
                    dot += factors[row][k] * factors[column][k];
                }
                matrix[row][column] = dot;
                matrix[column][row] = dot;
            }
        }
        return matrix;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 47, 48, 49, 300})
    void solutions_inverse_and_diagonal_agree_with_the_matrix(int n) {
        double[][] matrix = positiveDefinite(n);
        var cholesky = Cholesky.of(matrix).orElseThrow();
        double[][] inverse = cholesky.inverse();
        double[] right = new double[n];
        right[n / 2] = 1;
        double[] x = cholesky.solve(right);
        for (int row = 0; row < n; row++) {
            double product = 0;
            double unit = 0;
            for (int column = 0; column < n; column++) {
                product += matrix[row][column] * x[column];
                unit += matrix[row][column] * inverse[column][n / 2];
            }
            assertThat(product).isCloseTo(right[row], within(1e-12 * n));
            assertThat(unit).isCloseTo(right[row], within(1e-12 * n));
            assertThat(cholesky.inverseDiagonal()[row]).isCloseTo(inverse[row][row], within(1e-13 * n));
            assertThat(inverse[row][n / 2]).isEqualTo(inverse[n / 2][row]);
        }
    }

    @Test
    void a_determinant_is_that_of_a_hand_worked_matrix() {
        var cholesky = Cholesky.of(new double[][] {{4, 2}, {2, 3}}).orElseThrow();
        assertThat(cholesky.logDeterminant()).isCloseTo(Math.log(8), within(1e-15)); // 4·3 − 2·2
        assertThat(Cholesky.of(new double[][] {{1, 1}, {1, 1}})).isEmpty();
    }

    @Test
    void any_number_of_threads_gives_the_same_bits() throws Exception {
        double[][] matrix = positiveDefinite(400);
        try (var one = new ForkJoinPool(1);
                var five = new ForkJoinPool(5)) {
            double[][] alone = one.submit(
                            () -> Cholesky.of(matrix).orElseThrow().inverse())
                    .get();
            double[][] together = five.submit(
                            () -> Cholesky.of(matrix).orElseThrow().inverse())
                    .get();
            assertThat(together).isDeepEqualTo(alone);
        }
    }
}
