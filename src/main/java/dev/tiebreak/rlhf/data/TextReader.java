package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.data.Passage.Conversation;
import dev.tiebreak.rlhf.data.Passage.PlainText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads rows for supervised fine-tuning: `{"prompt", "completion"}`, `{"messages"}` or `{"text"}`.
public final class TextReader extends RowReader<TextRow> {
    private TextReader(Path file) {
        super(file, RowKind.TEXT);
    }

    /// @throws DataException when the file cannot be opened
    public static TextReader open(Path file) {
        return new TextReader(file);
    }

    @Override
    List<TextRow> rowsOf(JsonRow row) {
        RowKind.TEXT.require(row);
        return List.of(text(row));
    }

    static TextRow text(JsonRow row) {
        if (row.has("completion")) {
            Passage prompt = row.passage("prompt");
            return new TextRow(Optional.of(prompt), row.completion("completion", prompt));
        }
        if (row.has("messages")) {
            if (row.passage("messages") instanceof Conversation conversation
                    && !conversation.messages().isEmpty()) {
                return new TextRow(Optional.empty(), conversation);
            }
            throw row.wrong("messages", "is not a list of messages");
        }
        if (row.has("text")) {
            if (row.passage("text") instanceof PlainText text) {
                return new TextRow(Optional.empty(), text);
            }
            throw row.wrong("text", "is not a text");
        }
        throw row.wrong(
                "text",
                "is missing; expected text, messages, or prompt and completion, and the row has "
                        + row.object().keySet());
    }
}
