package dev.tiebreak.statistics.numeric;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/// Minimises a smooth function by the limited-memory quasi-Newton method (Nocedal 1980; Nocedal & Wright,
/// *Numerical Optimization*, algorithms 7.4 and 7.5): deterministic, memory of a few vectors.
///
/// @param steps at most
/// @param tolerance it stops once no element of the gradient is larger
public record Lbfgs(int steps, double tolerance) {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double ROUNDING = 1e-12;
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

    /// A point with what is known there.
    private record Place(double[] point, double value, double[] gradient) {
        static Place at(Objective objective, double... point) {
            double[] gradient = new double[point.length];
            return new Place(point, objective.at(point, gradient), gradient);
        }
    }

    public Minimum of(Objective objective, double... start) {
        Place place = Place.at(objective, start.clone());
        Deque<Change> changes = new ArrayDeque<>();
        for (int step = 0; step < steps && largest(place.gradient) > tolerance; step++) {
            double[] direction = direction(place.gradient, changes);
            Optional<Place> next = search(objective, place, direction, changes.isEmpty());
            if (next.isPresent()) {
                remember(changes, place, next.get());
                place = next.get();
            } else if (changes.isEmpty()) {
                break; // rounding allows no better along the gradient itself
            } else {
                changes.clear(); // the remembered shape misleads: begin anew from the gradient
            }
        }
        return new Minimum(place.point, place.value, largest(place.gradient) <= tolerance);
    }

    /// The first of ever shorter steps that lowers the function enough, or, where rounding hides that, its
    /// slope (the approximate condition of Hager & Zhang 2005).
    private static Optional<Place> search(Objective objective, Place from, double[] direction, boolean first) {
        double slope = dot(direction, from.gradient);
        double length = first ? Math.min(1, 1 / Math.sqrt(dot(from.gradient, from.gradient))) : 1;
        for (int i = 0; i < HALVINGS; i++, length /= 2) {
            Place there = Place.at(objective, along(from.point, direction, length));
            double gain = from.value - there.value;
            boolean flat = gain >= -ROUNDING * Math.abs(from.value)
                    && dot(direction, there.gradient) <= (2 * SUFFICIENT_DECREASE - 1) * slope;
            if (gain >= -SUFFICIENT_DECREASE * length * slope || flat) {
                return Optional.of(there);
            }
        }
        return Optional.empty();
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

    private static void remember(Deque<Change> changes, Place before, Place after) {
        double[] ofPoint = difference(after.point, before.point);
        double[] ofGradient = difference(after.gradient, before.gradient);
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
