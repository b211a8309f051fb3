package dev.tiebreak.rlhf.tokenizer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns as HH-RLHF writes them. The space after `Assistant:` belongs to the completion and not to the generation
/// prompt, because byte-level tokenizers join a space to the word that follows.
record PlainChatTemplate(String endOfTurn) implements ChatTemplate {
    @Override
    public String render(
            List<ChatMessage> messages, Map<String, @Nullable Object> variables, boolean addGenerationPrompt) {
        StringBuilder text = new StringBuilder();
        for (ChatMessage message : messages) {
            text.append("\n\n").append(speaker(message.role())).append(": ").append(message.content());
            if (message.role().equals("assistant")) {
                text.append(endOfTurn);
            }
        }
        if (addGenerationPrompt) {
            text.append("\n\nAssistant:");
        }
        return text.toString();
    }

    @Override
    public boolean isStandIn() {
        return true;
    }

    private static String speaker(String role) {
        return switch (role) {
            case "user" -> "Human";
            case "" -> "Human";
            default -> role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1);
        };
    }
}
