package dev.tiebreak.statistics.numeric;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Minimises a smooth function by the limited-memory quasi-Newton method (Nocedal 1980; Nocedal & Wright,
/// *Numerical Optimization*, algorithms 7.4 and 7.5): deterministic, memory of a few vectors.
///
/// @param steps at most
/// @param tolerance it stops once no element of the gradient is larger
public record Lbfgs(int steps, double tolerance) {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final int HALVINGS = 60;

    /// A function with its gradient.
    @FunctionalInterface
    public interface Objective {
        /// @param gradient is overwritten
        double at(double[] point, double[] gradient);
    }

    /// Where the search ended, and whether that is a minimum to the tolerance.
    public record Minimum(double[] point, double value, boolean converged) {}

    private record Change(double[] ofPoint, double[] ofGradient, double curvature) {}

    public Minimum of(Objective objective, double... start) {
        double[] point = start.clone();
        double[] gradient = new double[point.length];
        double value = objective.at(point, gradient);
        Deque<Change> changes = new ArrayDeque<>();
        for (int step = 0; step < steps && largest(gradient) > tolerance; step++) {
            double[] direction = direction(gradient, changes);
            double slope = dot(direction, gradient);
            double length = changes.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
            double[] nextGradient = new double[point.length];
            double[] next = along(point, direction, length);
            double nextValue = objective.at(next, nextGradient);
            for (int i = 0; i < HALVINGS && !(nextValue <= value + SUFFICIENT_DECREASE * length * slope); i++) {
                length /= 2;
                next = along(point, direction, length);
                nextValue = objective.at(next, nextGradient);
            }
            if (!(nextValue < value) && changes.isEmpty()) {
                break; // rounding allows no better along the gradient itself
            }
            if (nextValue < value) {
                remember(changes, difference(next, point), difference(nextGradient, gradient));
                point = next;
                value = nextValue;
                gradient = nextGradient;
            } else {
                changes.clear(); // the remembered shape misleads: begin anew from the gradient
            }
        }
        return new Minimum(point, value, largest(gradient) <= tolerance);
    }

    /// `−H g`, with H the inverse Hessian that the remembered changes suggest (two-loop recursion).
    private static double[] direction(double[] gradient, Deque<Change> changes) {
        double[] direction = along(new double[gradient.length], gradient, -1);
        double[] shares = new double[changes.size()];
        int i = 0;
        for (Change change : changes) {
            shares[i] = dot(change.ofPoint, direction) / change.curvature;
            add(direction, change.ofGradient, -shares[i++]);
        }
        if (!changes.isEmpty()) {
            Change newest = changes.getFirst();
            double scale = newest.curvature / dot(newest.ofGradient, newest.ofGradient);
            for (int k = 0; k < direction.length; k++) {
                direction[k] *= scale;
            }
        }
        for (Iterator<Change> oldestFirst = changes.descendingIterator(); oldestFirst.hasNext(); ) {
            Change change = oldestFirst.next();
            double share = dot(change.ofGradient, direction) / change.curvature;
            add(direction, change.ofPoint, shares[--i] - share);
        }
        return direction;
    }

    private static void remember(Deque<Change> changes, double[] ofPoint, double[] ofGradient) {
        double curvature = dot(ofPoint, ofGradient);
        if (curvature > 1e-12 * dot(ofGradient, ofGradient)) { // else it is no hint of a convex shape
            changes.addFirst(new Change(ofPoint, ofGradient, curvature));
            if (changes.size() > MEMORY) {
                changes.removeLast();
            }
        }
    }

    private static double[] along(double[] from, double[] direction, double length) {
        double[] point = from.clone();
        add(point, direction, length);
        return point;
    }

    private static void add(double[] to, double[] vector, double times) {
        for (int i = 0; i < to.length; i++) {
            to[i] += times * vector[i];
        }
    }

    private static double[] difference(double[] left, double[] right) {
        return along(left, right, -1);
    }

    private static double largest(double[] vector) {
        double largest = 0;
        for (double element : vector) {
            largest = Math.max(largest, Math.abs(element));
        }
        return largest;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
