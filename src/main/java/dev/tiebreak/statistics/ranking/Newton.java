package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.Cholesky;
import java.util.Optional;

/// Maximises a [Likelihood], which is concave, by Newton's method: dense for few parameters, else by conjugate
/// gradients with the diagonal as preconditioner. A step is halved until the slope along it no longer grows.
///
/// It ends when every gradient is zero to `1e-9` of the weight it is a sum of.
final class Newton {
    private static final double TOLERANCE = 1e-10;
    private static final int MOST_STEPS = 100;
    private static final int MOST_DENSE = 200;
    private static final int MOST_PRODUCTS = 500;
    /// Beyond this, in log odds, a strength or an effect is on its way to infinity.
    private static final double FARTHEST = 100;

    private final Likelihood likelihood;
    private double[] gradient = new double[0];

    Newton(Likelihood likelihood) {
        this.likelihood = likelihood;
    }

    /// The parameters at the maximum, strengths with mean 0 where no prior says otherwise; empty where there is none.
    Optional<double[]> maximise(double[] start) {
        double[] scale = likelihood.scale();
        double[] at = start;
        gradient = likelihood.gradient(at);
        for (int step = 0; step < MOST_STEPS; step++) {
            if (isZero(gradient, scale)) {
                centre(at);
                return onItsWayToInfinity(scale) ? Optional.empty() : Optional.of(at);
            }
            Optional<double[]> direction = direction();
            if (direction.isEmpty()) {
                return Optional.empty();
            }
            at = step(at, direction.get());
            if (farAway(at)) {
                return Optional.empty();
            }
        }
        return closeEnough(scale) ? Optional.of(at) : Optional.empty();
    }

    private static boolean isZero(double[] gradient, double[] scale) {
        for (int i = 0; i < gradient.length; i++) {
            if (!(Math.abs(gradient[i]) <= TOLERANCE * (scale[i] + 1))) {
                return false;
            }
        }
        return true;
    }

    /// Where rounding ends progress just short of the aim.
    private boolean closeEnough(double[] scale) {
        for (int i = 0; i < gradient.length; i++) {
            if (!(Math.abs(gradient[i]) <= 10 * TOLERANCE * (scale[i] + 1))) {
                return false;
            }
        }
        return true;
    }

    /// A gradient is also zero where a probability has become 0 or 1: then there is no curvature either.
    private boolean onItsWayToInfinity(double[] scale) {
        double[] diagonal = likelihood.diagonal();
        for (int i = 0; i < diagonal.length; i++) {
            if (!(diagonal[i] > 1e-9 * scale[i])) {
                return true;
            }
        }
        return false;
    }

    private boolean farAway(double[] at) {
        for (int i = 0; i < likelihood.parameters; i++) {
            if (!(Math.abs(at[i]) < FARTHEST)) {
                return true;
            }
        }
        return false;
    }

    private double[] step(double[] at, double[] direction) {
        double slope = dot(gradient, direction);
        double length = likelihood.tieParameter && likelihood.ties == TieModel.RAO_KUPPER
                ? insideThreshold(at[at.length - 1], direction[at.length - 1])
                : 1;
        double[] next = at;
        for (int halving = 0; halving < 40; halving++) {
            next = at.clone();
            for (int i = 0; i < next.length; i++) {
                next[i] += length * direction[i];
            }
            gradient = likelihood.gradient(next);
            if (Math.abs(dot(gradient, direction)) <= 0.9 * slope || slope < 1e-18) {
                break;
            }
            length /= 2;
        }
        return next;
    }

    /// Rao and Kupper's log θ stays above 0.
    private static double insideThreshold(double eta, double change) {
        return eta + change > 0.1 * eta ? 1 : -0.9 * eta / change;
    }

    private Optional<double[]> direction() {
        return likelihood.parameters <= MOST_DENSE
                ? Cholesky.of(anchored(likelihood)).map(cholesky -> cholesky.solve(gradient))
                : Optional.of(conjugateGradients(gradient, 1e-3));
    }

    /// The matrix of second derivatives, plus a constant on strengths where only their differences matter: an inverse
    /// then exists, and says the same of every difference.
    static double[][] anchored(Likelihood likelihood) {
        double[][] matrix = likelihood.dense();
        if (!likelihood.prior.proper()) {
            int items = likelihood.groups.items;
            double sum = 0;
            for (int item = 0; item < items; item++) {
                sum += matrix[item][item];
            }
            double constant = Math.max(sum, Double.MIN_NORMAL) / items / items;
            for (int row = 0; row < items; row++) {
                for (int column = 0; column <= row; column++) {
                    matrix[row][column] += constant;
                }
            }
        }
        return matrix;
    }

    /// `x` with `H x = right`, until the residual is below the given share of its start.
    double[] conjugateGradients(double[] right, double share) {
        double[] diagonal = likelihood.diagonal();
        double[] x = new double[right.length];
        double[] residual = right.clone();
        double[] scaled = scaled(residual, diagonal);
        double[] direction = scaled.clone();
        double energy = dot(residual, scaled);
        double enough = energy * share * share;
        for (int product = 0; product < MOST_PRODUCTS && energy > enough; product++) {
            double[] image = likelihood.times(direction);
            double along = dot(direction, image);
            if (!(along > 0)) {
                break;
            }
            double length = energy / along;
            for (int i = 0; i < x.length; i++) {
                x[i] += length * direction[i];
                residual[i] -= length * image[i];
            }
            scaled = scaled(residual, diagonal);
            double next = dot(residual, scaled);
            for (int i = 0; i < x.length; i++) {
                direction[i] = scaled[i] + next / energy * direction[i];
            }
            energy = next;
        }
        return x;
    }

    private static double[] scaled(double[] residual, double[] diagonal) {
        double[] scaled = new double[residual.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = diagonal[i] > 0 ? residual[i] / diagonal[i] : 0;
        }
        return scaled;
    }

    private void centre(double[] at) {
        if (!likelihood.prior.proper()) {
            Strengths.centre(at, likelihood.groups.items);
        }
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
