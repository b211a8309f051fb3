package dev.tiebreak.rlhf.data;

import java.nio.file.Path;

/// Reads rows to be scored: preference rows, and rows with a completion, messages or a text.
public final class ScorableReader extends RowReader<ScorableRow> {
    private ScorableReader(Path file) {
        super(file);
    }

    /// @throws DataException when the file cannot be opened
    public static ScorableReader open(Path file) {
        return new ScorableReader(file);
    }

    @Override
    ScorableRow rowOf(JsonRow row) {
        return row.has("chosen") || row.has("rejected")
                ? new ScorableRow.Pair(PreferenceReader.preference(row))
                : new ScorableRow.Single(TextReader.text(row));
    }
}
