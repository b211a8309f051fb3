package dev.tiebreak.statistics.agreement;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How far two label sets lie apart, for annotations that may give an item several labels at once, or none.
///
/// Two empty sets are the same; an empty set and another have nothing in common. The distance stands where α has
/// the squared distance of two categories; every distinct set is a category of its own.
public enum SetDistance {
    /// `1 − J` with `J = |A ∩ B| / |A ∪ B|` (Jaccard 1912).
    JACCARD,
    /// `1 − J M`, M = 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0 where they have
    /// nothing in common (Passonneau 2006, "Measuring agreement on set-valued items").
    MASI;

    /// Between 0 and 1.
    public double between(Set<?> left, Set<?> right) {
        if (left.equals(right)) {
            return 0;
        }
        Set<Object> common = new HashSet<>(left);
        common.retainAll(right);
        if (common.isEmpty()) {
            return 1;
        }
        double jaccard = (double) common.size() / (left.size() + right.size() - common.size());
        boolean held = common.size() == Math.min(left.size(), right.size());
        return switch (this) {
            case JACCARD -> 1 - jaccard;
            case MASI -> 1 - jaccard * (held ? 2.0 / 3 : 1.0 / 3);
        };
    }

    /// @param categories the set that each category stands for
    public Distance of(List<? extends Set<?>> categories) {
        double[][] distances = new double[categories.size()][categories.size()];
        for (int c = 0; c < distances.length; c++) {
            for (int k = 0; k < c; k++) {
                distances[c][k] = between(categories.get(c), categories.get(k));
                distances[k][c] = distances[c][k];
            }
        }
        return new Distance.Custom(distances);
    }
}
