package dev.tiebreak.rlhf.data;

import java.nio.file.Path;
import java.util.List;

/// Reads labelled rows: `{"prompt", "completion", "label"}`, or `{"messages", "label"}`. A preference row becomes two,
/// the chosen completion desirable and the rejected one not, as TRL's `unpair_preference_dataset` makes them; here the
/// two stand next to each other.
public final class LabelledReader extends RowReader<LabelledRow> {
    private LabelledReader(Path file) {
        super(file, RowKind.LABELLED);
    }

    /// @throws DataException when the file cannot be opened
    public static LabelledReader open(Path file) {
        return new LabelledReader(file);
    }

    @Override
    List<LabelledRow> rowsOf(JsonRow row) {
        if (row.has("chosen") && row.has("rejected")) {
            PreferenceRow pair = PreferenceReader.preference(row);
            return List.of(
                    new LabelledRow(pair.prompt(), pair.chosen(), true),
                    new LabelledRow(pair.prompt(), pair.rejected(), false));
        }
        RowKind.LABELLED.require(row);
        PromptAndCompletion passages = PromptAndCompletion.of(row);
        return List.of(new LabelledRow(passages.prompt(), passages.completion(), row.truth("label")));
    }
}
