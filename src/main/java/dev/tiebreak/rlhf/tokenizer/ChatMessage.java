package dev.tiebreak.rlhf.tokenizer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One turn of a conversation; `role` is system, user, assistant or tool, or whatever the model's template knows.
///
/// @param further what else a template sees of the turn, such as `tool_calls`, in the values of Jinja: null, Boolean,
///                Long, Double, String, List, Map; `content` as null where the turn has none
public record ChatMessage(String role, String content, Map<String, @Nullable Object> further) {
    public ChatMessage {
        further = Collections.unmodifiableMap(new LinkedHashMap<>(further));
    }

    public ChatMessage(String role, String content) {
        this(role, content, Map.of());
    }

    public static ChatMessage user(String content) {
        return new ChatMessage("user", content);
    }

    public static ChatMessage assistant(String content) {
        return new ChatMessage("assistant", content);
    }
}
