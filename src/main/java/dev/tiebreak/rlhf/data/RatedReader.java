package dev.tiebreak.rlhf.data;

import java.nio.file.Path;
import java.util.List;

/// Reads rated rows: `{"prompt", "completion", "rating"}`, or `{"messages", "rating"}`.
public final class RatedReader extends RowReader<RatedRow> {
    private RatedReader(Path file) {
        super(file, RowKind.RATED);
    }

    /// @throws DataException when the file cannot be opened
    public static RatedReader open(Path file) {
        return new RatedReader(file);
    }

    @Override
    List<RatedRow> rowsOf(JsonRow row) {
        RowKind.RATED.require(row);
        PromptAndCompletion passages = PromptAndCompletion.of(row);
        double rating = row.number("rating", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                .orElseThrow(() -> row.wrong("rating", "is null"));
        return List.of(new RatedRow(passages.prompt(), passages.completion(), rating));
    }
}
