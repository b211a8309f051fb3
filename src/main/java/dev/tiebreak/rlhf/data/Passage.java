package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import java.util.List;

/// A piece of a training row: text taken as it stands, or turns that a chat template lays out.
public sealed interface Passage {
    record PlainText(String text) implements Passage {}

    record Conversation(List<ChatMessage> messages) implements Passage {
        public Conversation {
            messages = List.copyOf(messages);
        }
    }

    /// @throws IllegalArgumentException when one is text and the other a conversation
    static void requireOneKind(Passage prompt, Passage completion) {
        if (prompt.getClass() != completion.getClass()) {
            throw new IllegalArgumentException("prompt and completion must both be text or both be conversations");
        }
    }

    static Passage text(String text) {
        return new PlainText(text);
    }

    static Passage conversation(ChatMessage... messages) {
        return new Conversation(List.of(messages));
    }
}
