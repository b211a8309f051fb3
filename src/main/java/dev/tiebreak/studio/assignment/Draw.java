package dev.tiebreak.studio.assignment;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// Draws one candidate in proportion to its weight.
///
/// @param probability with which it was drawn, given the candidates
record Draw<T>(T drawn, double probability) {

    /// @param candidates at least one
    /// @param weight     above 0
    static <T> Draw<T> from(List<T> candidates, ToDoubleFunction<T> weight, RandomGenerator random) {
        double total = candidates.stream().mapToDouble(weight).sum();
        double point = random.nextDouble() * total;
        for (T candidate : candidates) {
            double share = weight.applyAsDouble(candidate);
            if (point < share) {
                return new Draw<>(candidate, share / total);
            }
            point -= share;
        }
        T last = candidates.getLast(); // rounding may leave a rest
        return new Draw<>(last, weight.applyAsDouble(last) / total);
    }
}
