package dev.tiebreak.rlhf.tokenizer;

/// One turn of a conversation; `role` is system, user or assistant, or whatever the model's template knows.
public record ChatMessage(String role, String content) {
    public static ChatMessage user(String content) {
        return new ChatMessage("user", content);
    }

    public static ChatMessage assistant(String content) {
        return new ChatMessage("assistant", content);
    }
}
