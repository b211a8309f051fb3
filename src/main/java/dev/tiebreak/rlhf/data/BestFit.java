package dev.tiebreak.rlhf.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Best-fit decreasing: documents from the longest to the shortest, each into the pack with the least space that still
/// holds it; of equal packs the one that got its space first. Ding et al. 2024, "Fewer Truncations Improve Language
/// Modeling".
final class BestFit {
    private final int length;
    private final List<List<TextExample>> packs = new ArrayList<>();
    private final NavigableMap<Integer, Deque<List<TextExample>>> bySpace = new TreeMap<>();

    private BestFit(int length) {
        this.length = length;
    }

    /// @param documents none of them longer than `length`; of equal length the first goes first
    static List<Pack> pack(List<TextExample> documents, int length) {
        BestFit fit = new BestFit(length);
        documents.stream()
                .sorted(Comparator.comparingInt(TextExample::length).reversed())
                .forEach(fit::add);
        return fit.packs.stream().map(Pack::new).toList();
    }

    private void add(TextExample document) {
        Map.Entry<Integer, Deque<List<TextExample>>> best = bySpace.ceilingEntry(document.length());
        if (best == null) {
            List<TextExample> pack = new ArrayList<>();
            packs.add(pack);
            put(document, pack, length);
            return;
        }
        List<TextExample> pack = best.getValue().remove();
        if (best.getValue().isEmpty()) {
            bySpace.remove(best.getKey());
        }
        put(document, pack, best.getKey());
    }

    private void put(TextExample document, List<TextExample> pack, int space) {
        pack.add(document);
        bySpace.computeIfAbsent(space - document.length(), _ -> new ArrayDeque<>())
                .add(pack);
    }
}
