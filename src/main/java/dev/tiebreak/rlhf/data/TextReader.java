package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.data.Passage.Conversation;
import dev.tiebreak.rlhf.data.Passage.PlainText;
import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads rows for supervised fine-tuning: `{"prompt", "completion"}`, `{"messages"}` or `{"text"}`.
public final class TextReader extends RowReader<TextRow> {
    private TextReader(Path file) {
        super(file);
    }

    /// @throws DataException when the file cannot be opened
    public static TextReader open(Path file) {
        return new TextReader(file);
    }

    @Override
    TextRow rowOf(JsonRow row) {
        return text(row);
    }

    static TextRow text(JsonRow row) {
        if (row.has("completion")) {
            return promptAndCompletion(row);
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

    private static TextRow promptAndCompletion(JsonRow row) {
        Passage prompt = row.passage("prompt");
        Passage completion = row.passage("completion");
        if (prompt instanceof Conversation && completion instanceof PlainText text) {
            completion = new Conversation(List.of(ChatMessage.assistant(text.text())));
        }
        if (prompt.getClass() != completion.getClass()) {
            throw row.wrong("completion", "is not of the same kind as 'prompt'");
        }
        return new TextRow(Optional.of(prompt), completion);
    }
}
