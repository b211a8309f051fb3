package dev.tiebreak.rlhf.data;

import java.nio.file.Path;
import java.util.List;

/// Reads prompts to be continued: rows with `prompt` (text or messages) or `messages`. Other columns are ignored.
public final class PromptReader extends RowReader<Passage> {
    private PromptReader(Path file) {
        super(file, RowKind.PROMPT);
    }

    /// @throws DataException when the file cannot be opened
    public static PromptReader open(Path file) {
        return new PromptReader(file);
    }

    @Override
    List<Passage> rowsOf(JsonRow row) {
        return List.of(row.passage(row.has("messages") && !row.has("prompt") ? "messages" : "prompt"));
    }
}
