package dev.tiebreak.rlhf.data;

import java.nio.file.Path;
import java.util.List;

/// Reads rows to be scored: preference rows, and rows with a completion, messages or a text.
public final class ScorableReader extends RowReader<ScorableRow> {
    private ScorableReader(Path file) {
        super(file, RowKind.SCORABLE);
    }

    /// @throws DataException when the file cannot be opened
    public static ScorableReader open(Path file) {
        return new ScorableReader(file);
    }

    @Override
    List<ScorableRow> rowsOf(JsonRow row) {
        return List.of(
                row.has("chosen") || row.has("rejected")
                        ? new ScorableRow.Pair(PreferenceReader.preference(row))
                        : new ScorableRow.Single(TextReader.text(row)));
    }
}
