package dev.tiebreak.statistics.numeric;

import java.util.stream.IntStream;

/// Sets of numbers from 0 up that grow together as pairs are joined, by union and find with path halving.
public final class DisjointSets {
    private final int[] parent;

    /// @param size every number below it is a set of its own
    public DisjointSets(int size) {
        parent = IntStream.range(0, size).toArray();
    }

    public void join(int one, int other) {
        int a = lowest(one);
        int b = lowest(other);
        parent[Math.max(a, b)] = Math.min(a, b);
    }

    /// The lowest number of the set that this one is in.
    public int lowest(int member) {
        int at = member;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
