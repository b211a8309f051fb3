package dev.tiebreak.rlhf.tokenizer;

import java.util.List;
import java.util.Map;

/// A template of the model's own.
final class JinjaChatTemplate implements ChatTemplate {
    private final String source;

    JinjaChatTemplate(String source, Map<String, String> specialTokens) {
        this.source = source;
    }

    @Override
    public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
        if (!source.equals(CHATML)) {
            throw new ChatTemplateException("chat template is not ChatML, the only one supported so far");
        }
        StringBuilder text = new StringBuilder();
        for (ChatMessage message : messages) {
            text.append("<|im_start|>").append(message.role()).append('\n');
            text.append(message.content()).append("<|im_end|>\n");
        }
        return text.append(addGenerationPrompt ? "<|im_start|>assistant\n" : "").toString();
    }
}
