package dev.tiebreak.studio.training.ui;

import java.util.ArrayDeque;
import java.util.Deque;

/// The mean of the last ten values: single steps are too noisy to see a run learn by.
final class TrailingMean {
    private static final int WINDOW = 10;

    private final Deque<Double> window = new ArrayDeque<>();

    double next(double value) {
        window.addLast(value);
        if (window.size() > WINDOW) {
            window.removeFirst();
        }
        return window.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
