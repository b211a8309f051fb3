package generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Fisher and Yates' shuffle, spelt out so that the order for a seed never depends on the platform's version.
final class Shuffle {
    private Shuffle() {}

    static <T> List<T> of(List<T> items, Random random) {
        List<T> copy = new ArrayList<>(items);
        for (int i = copy.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T moved = copy.get(i);
            copy.set(i, copy.get(j));
            copy.set(j, moved);
        }
        return copy;
    }
}
