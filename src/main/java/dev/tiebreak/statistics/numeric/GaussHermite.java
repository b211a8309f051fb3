package dev.tiebreak.statistics.numeric;

import java.util.function.DoubleUnaryOperator;

/// Means of functions of a normal variable by Gauss–Hermite quadrature: exact for polynomials of degree 2n − 1.
///
/// @param nodes of the standard normal, ascending
/// @param weights of the nodes; they sum to 1
public record GaussHermite(double[] nodes, double[] weights) {

    /// @param n nodes; 32 serve smooth functions whose steps are not much narrower than the distribution
    public static GaussHermite of(int n) {
        double[] nodes = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            nodes[i] = root(n, i);
            double below = hermite(n - 1, nodes[i]);
            weights[i] = 1 / (n * below * below);
        }
        return new GaussHermite(nodes, weights);
    }

    /// `E f(X)` for `X ~ N(mean, deviation²)`.
    public double mean(double mean, double deviation, DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = 0; i < nodes.length; i++) {
            sum += weights[i] * f.applyAsDouble(mean + deviation * nodes[i]);
        }
        return sum;
    }

    /// The i-th root by bisection: below x lie as many roots as the sequence of polynomials up to n changes its
    /// sign.
    private static double root(int n, int i) {
        double low = -2 * Math.sqrt(n);
        double high = 2 * Math.sqrt(n);
        while (true) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) {
                return middle;
            }
            if (rootsBelow(n, middle) > i) {
                high = middle;
            } else {
                low = middle;
            }
        }
    }

    private static int rootsBelow(int n, double x) {
        int agreements = 0;
        double before = 1;
        double last = x;
        agreements += last > 0 ? 1 : 0;
        for (int k = 1; k < n; k++) {
            double next = next(k, x, last, before);
            agreements += next > 0 == last > 0 ? 1 : 0;
            before = last;
            last = next;
        }
        return agreements;
    }

    /// The normalised Hermite polynomial of degree n: `E h_n² = 1` under the standard normal.
    private static double hermite(int n, double x) {
        double before = 1;
        double last = n == 0 ? 1 : x;
        for (int k = 1; k < n; k++) {
            double next = next(k, x, last, before);
            before = last;
            last = next;
        }
        return last;
    }

    private static double next(int k, double x, double last, double before) {
        return (x * last - Math.sqrt(k) * before) / Math.sqrt(k + 1);
    }
}
