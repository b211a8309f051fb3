package dev.tiebreak.studio.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Values in groups small enough for one statement, whose parameters are limited.
final class Groups {
    private static final int MOST = 500;

    private Groups() {}

    /// Each value once, in no particular order.
    static <T> Stream<List<T>> of(Collection<T> values) {
        List<T> distinct = new ArrayList<>(new HashSet<>(values));
        return IntStream.iterate(0, from -> from < distinct.size(), from -> from + MOST)
                .mapToObj(from -> List.copyOf(distinct.subList(from, Math.min(distinct.size(), from + MOST))));
    }
}
