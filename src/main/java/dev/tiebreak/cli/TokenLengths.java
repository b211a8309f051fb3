package dev.tiebreak.cli;

import dev.tiebreak.rlhf.trainer.SeenRow;
import dev.tiebreak.rlhf.trainer.SeenSequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long prompts, completions and both together are, before anything is cut.
final class TokenLengths {
    /// Tokens that half of them, that 95 of 100 do not exceed, and that the longest has.
    record Spread(int p50, int p95, int max) {}

    private static final String PROMPT = "prompt";

    private final Map<String, List<Integer>> lengths = new LinkedHashMap<>();

    void add(SeenRow row) {
        add(PROMPT, row.sequences().getFirst().prompt().length);
        for (SeenSequence sequence : row.sequences()) {
            String name = sequence.name().replaceFirst("_[0-9]+$", "");
            add(name, sequence.whole().completion().length);
            add(PROMPT + " + " + name, sequence.whole().length());
        }
    }

    private void add(String name, int length) {
        lengths.computeIfAbsent(name, _ -> new ArrayList<>()).add(length);
    }

    /// By what was measured; prompts are left out where there are none.
    Map<String, Spread> spreads() {
        Map<String, Spread> spreads = new LinkedHashMap<>();
        boolean prompts = lengths.getOrDefault(PROMPT, List.of()).stream().anyMatch(length -> length > 0);
        lengths.forEach((name, all) -> {
            if (prompts || !name.startsWith(PROMPT)) {
                List<Integer> sorted = all.stream().sorted().toList();
                spreads.put(name, new Spread(at(sorted, 0.5), at(sorted, 0.95), sorted.getLast()));
            }
        });
        return spreads;
    }

    /// The nearest rank.
    private static int at(List<Integer> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
