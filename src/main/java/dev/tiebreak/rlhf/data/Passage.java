package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A piece of a training row: text taken as it stands, or turns that a chat template lays out.
public sealed interface Passage {
    record PlainText(String text) implements Passage {}

    /// @param variables what the chat template sees beside the messages, such as `tools`, in the values of Jinja
    record Conversation(List<ChatMessage> messages, Map<String, @Nullable Object> variables) implements Passage {
        public Conversation {
            messages = List.copyOf(messages);
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        }

        public Conversation(List<ChatMessage> messages) {
            this(messages, Map.of());
        }

        /// Other messages with the same variables.
        Conversation with(List<ChatMessage> others) {
            return new Conversation(others, variables);
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
