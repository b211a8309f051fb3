package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.data.Passage.Conversation;
import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import java.util.List;

/// A prompt with one completion: two columns of these names, or `messages` of which the assistant's last turn is the
/// completion. Both are of one kind.
record PromptAndCompletion(Passage prompt, Passage completion) {
    static PromptAndCompletion of(JsonRow row) {
        if (row.has("messages") && !row.has("completion")) {
            return lastTurn(row);
        }
        Passage prompt = row.passage("prompt");
        return new PromptAndCompletion(prompt, row.completion("completion", prompt));
    }

    private static PromptAndCompletion lastTurn(JsonRow row) {
        if (row.passage("messages") instanceof Conversation whole
                && !whole.messages().isEmpty()
                && whole.messages().getLast().role().equals("assistant")) {
            List<ChatMessage> messages = whole.messages();
            return new PromptAndCompletion(
                    whole.with(messages.subList(0, messages.size() - 1)), whole.with(List.of(messages.getLast())));
        }
        throw row.wrong("messages", "is not a list of messages that ends with the assistant's");
    }
}
