package dev.tiebreak.rlhf.tokenizer;

import dev.tiebreak.rlhf.tokenizer.jinja.JinjaException;
import dev.tiebreak.rlhf.tokenizer.jinja.JinjaTemplate;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A template of the model's own, given the variables that transformers gives it. It is parsed when first used, so
/// that a template we cannot read keeps nobody from training on plain text.
final class JinjaChatTemplate implements ChatTemplate {
    /// What a template that prints the date takes for today. A real clock would have a run that is resumed tomorrow see
    /// other tokens than one that is not; this is the date that Llama's own templates fall back to.
    private static final LocalDateTime TODAY = LocalDate.of(2024, 7, 26).atStartOfDay();

    private final String source;
    private final Map<String, String> specialTokens;
    private volatile @Nullable JinjaTemplate parsed;

    JinjaChatTemplate(String source, Map<String, String> specialTokens) {
        this.source = source;
        this.specialTokens = Map.copyOf(specialTokens);
    }

    @Override
    public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
        return rendered(messages, addGenerationPrompt).text();
    }

    /// By the template's own `{% generation %}` blocks where it has them.
    @Override
    public MarkedText renderMarked(List<ChatMessage> messages) {
        return marksGeneration() ? rendered(messages, false) : ChatTemplate.super.renderMarked(messages);
    }

    private boolean marksGeneration() {
        try {
            return template().marksGeneration();
        } catch (JinjaException e) {
            throw refused(e);
        }
    }

    private MarkedText rendered(List<ChatMessage> messages, boolean addGenerationPrompt) {
        Map<String, @Nullable Object> values = new HashMap<>(specialTokens);
        values.put("messages", messages.stream().map(JinjaChatTemplate::fields).toList());
        values.put("add_generation_prompt", addGenerationPrompt);
        values.put("tools", null);
        values.put("documents", null);
        try {
            return template().renderMarked(values);
        } catch (JinjaException e) {
            throw refused(e);
        }
    }

    private static ChatTemplateException refused(JinjaException problem) {
        return new ChatTemplateException("chat template " + problem.getMessage(), problem);
    }

    /// In Python's order, which a template sees when it prints a message whole.
    private static Map<String, String> fields(ChatMessage message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("role", message.role());
        fields.put("content", message.content());
        return fields;
    }

    private JinjaTemplate template() {
        JinjaTemplate template = parsed;
        if (template == null) {
            template = JinjaTemplate.parse(source, TODAY);
            parsed = template;
        }
        return template;
    }
}
