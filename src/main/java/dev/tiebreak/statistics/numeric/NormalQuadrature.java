package dev.tiebreak.statistics.numeric;

import java.util.function.DoubleUnaryOperator;

/// Gauss-Hermite quadrature for the standard normal distribution: `E f(Z) ≈ Σ w_q f(z_q)`, exact for
/// polynomials up to degree 2n − 1 (Golub & Welsch 1969, "Calculation of Gauss Quadrature Rules").
///
/// 32 nodes serve smooth functions whose steps are not much narrower than the distribution.
///
/// @param nodes `z`, ascending, symmetric about 0
/// @param weights `w`, summing to 1
public record NormalQuadrature(double[] nodes, double[] weights) {
    private static final int MOST_NODES = 300; // beyond, polynomials at the outer nodes overflow

    public static NormalQuadrature of(int size) {
        if (size < 1 || size > MOST_NODES) {
            throw new IllegalArgumentException("between 1 and " + MOST_NODES + " nodes, got " + size);
        }
        double[] nodes = new double[size];
        double[] weights = new double[size];
        for (int i = 0; i < size / 2; i++) {
            double node = nodeBelowZero(size, i);
            nodes[i] = node;
            nodes[size - 1 - i] = -node;
            weights[i] = weight(size, node);
            weights[size - 1 - i] = weights[i];
        }
        if (size % 2 == 1) {
            weights[size / 2] = weight(size, 0);
        }
        return new NormalQuadrature(nodes, weights);
    }

    /// `E f(X)` for `X ~ N(mean, deviation²)`.
    public double mean(double mean, double deviation, DoubleUnaryOperator f) {
        double sum = 0;
        for (int node = 0; node < nodes.length; node++) {
            sum += weights[node] * f.applyAsDouble(mean + deviation * nodes[node]);
        }
        return sum;
    }

    /// Bisection: nodes are the eigenvalues of the tridiagonal matrix with `√1, √2, …` beside a diagonal of
    /// zeros.
    private static double nodeBelowZero(int size, int rank) {
        double low = -2 * Math.sqrt(size);
        double high = 0;
        while (true) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) {
                return middle;
            }
            if (eigenvaluesBelow(size, middle) > rank) {
                high = middle;
            } else {
                low = middle;
            }
        }
    }

    /// Sylvester's law: as many as there are negative pivots.
    private static int eigenvaluesBelow(int size, double x) {
        int below = 0;
        double pivot = 1;
        for (int k = 0; k < size; k++) {
            pivot = -x - (k == 0 ? 0 : k / pivot);
            if (pivot == 0) {
                pivot = -Double.MIN_NORMAL;
            }
            below += pivot < 0 ? 1 : 0;
        }
        return below;
    }

    /// `1 / Σ_{k<n} h_k(z)²` with the orthonormal Hermite polynomials h.
    private static double weight(int size, double node) {
        double before = 0;
        double now = 1;
        double sum = 1;
        for (int k = 1; k < size; k++) {
            double next = (node * now - Math.sqrt(k - 1) * before) / Math.sqrt(k);
            before = now;
            now = next;
            sum += now * now;
        }
        return 1 / sum;
    }
}
