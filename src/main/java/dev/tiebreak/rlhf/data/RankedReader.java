package dev.tiebreak.rlhf.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Reads ranked rows: `{"prompt", "completions": […], "ranks": [1, 2, 2, 4]}`. Without `ranks` the completions stand
/// best first.
public final class RankedReader extends RowReader<RankedRow> {
    private RankedReader(Path file) {
        super(file, RowKind.RANKED);
    }

    /// @throws DataException when the file cannot be opened
    public static RankedReader open(Path file) {
        return new RankedReader(file);
    }

    @Override
    List<RankedRow> rowsOf(JsonRow row) {
        RowKind.RANKED.require(row);
        Passage prompt = row.passage("prompt");
        List<Passage> completions = row.completions("completions", prompt);
        if (completions.size() < 2) {
            throw row.wrong("completions", "has " + completions.size() + ", but a ranking needs at least 2");
        }
        return List.of(new RankedRow(prompt, completions, ranks(row, completions.size())));
    }

    private static List<Integer> ranks(JsonRow row, int completions) {
        if (!row.has("ranks")) {
            return IntStream.rangeClosed(1, completions).boxed().toList();
        }
        List<Integer> ranks = row.wholeNumbers("ranks");
        if (ranks.size() != completions) {
            throw row.wrong("ranks", "has " + ranks.size() + " places for " + completions + " completions");
        }
        return ranks;
    }
}
