package dev.tiebreak.rlhf.tokenizer;

import dev.tiebreak.rlhf.tokenizer.jinja.JinjaException;
import dev.tiebreak.rlhf.tokenizer.jinja.JinjaTemplate;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A template of the model's own, given the variables that transformers gives it. It is parsed when first used, so
/// that a template we cannot read keeps nobody from training on plain text.
final class JinjaChatTemplate implements ChatTemplate {
    /// What a template that prints the date takes for today. A real clock would have a run that is resumed tomorrow see
    /// other tokens than one that is not; this is the date that Llama's own templates fall back to.
    private static final LocalDateTime TODAY = LocalDate.of(2024, 7, 26).atStartOfDay();

    /// Names under which rows carry what an assistant thought before it spoke; the first that is there counts.
    private static final List<String> THOUGHTS = List.of("reasoning_content", "thinking", "reasoning");

    private final String source;
    private final Map<String, String> specialTokens;
    private volatile @Nullable JinjaTemplate parsed;

    JinjaChatTemplate(String source, Map<String, String> specialTokens) {
        this.source = source;
        this.specialTokens = Map.copyOf(specialTokens);
    }

    @Override
    public String render(
            List<ChatMessage> messages, Map<String, @Nullable Object> variables, boolean addGenerationPrompt) {
        return rendered(messages, variables, addGenerationPrompt).text();
    }

    /// By the template's own `{% generation %}` blocks where it has them.
    @Override
    public MarkedText renderMarked(List<ChatMessage> messages, Map<String, @Nullable Object> variables) {
        return marksGeneration()
                ? rendered(messages, variables, false)
                : ChatTemplate.super.renderMarked(messages, variables);
    }

    private boolean marksGeneration() {
        try {
            return template().marksGeneration();
        } catch (JinjaException e) {
            throw refused(e);
        }
    }

    private MarkedText rendered(
            List<ChatMessage> messages, Map<String, @Nullable Object> variables, boolean addGenerationPrompt) {
        Map<String, @Nullable Object> values = new HashMap<>(specialTokens);
        values.put("tools", null);
        values.put("documents", null);
        values.putAll(variables);
        values.put("messages", messages.stream().map(JinjaChatTemplate::fields).toList());
        values.put("add_generation_prompt", addGenerationPrompt);
        try {
            return template().renderMarked(values);
        } catch (JinjaException e) {
            throw refused(e);
        }
    }

    private static ChatTemplateException refused(JinjaException problem) {
        return new ChatTemplateException("chat template " + problem.getMessage(), problem);
    }

    /// What transformers shows of a message: in Python's order, which a template sees when it prints one whole, without
    /// what is null, and with thoughts under the names that templates read.
    private static Map<String, @Nullable Object> fields(ChatMessage message) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("role", message.role());
        fields.put("content", message.content());
        fields.putAll(message.further());
        fields.values().removeIf(Objects::isNull);
        THOUGHTS.stream()
                .filter(fields::containsKey)
                .findFirst()
                .map(fields::get)
                .ifPresent(thought -> {
                    fields.putIfAbsent("thinking", thought);
                    fields.put("reasoning_content", thought);
                });
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
