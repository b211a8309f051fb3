package dev.tiebreak.rlhf.tokenizer;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lays a conversation out as the text a model was trained on. Every place that feeds a conversation to a model
/// (training, scoring, generation) goes through the same template.
public interface ChatTemplate {
    /// The ChatML layout in Jinja, for models that we train ourselves:
    /// `<|im_start|>role\ncontent<|im_end|>\n` per message.
    String CHATML =
            "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>'"
                    + " + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    /// @param variables           what the template sees beside the messages, such as `tools`, in the values of Jinja
    /// @param addGenerationPrompt whether the text ends where the assistant's turn begins
    /// @throws ChatTemplateException when the template refuses these messages or uses what we do not support
    String render(List<ChatMessage> messages, Map<String, @Nullable Object> variables, boolean addGenerationPrompt);

    /// Of messages alone.
    default String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
        return render(messages, Map.of(), addGenerationPrompt);
    }

    /// The whole conversation with what its assistants say, from the end of each generation prompt to the end of the
    /// turn. It is found by rendering up to each turn, which works where a turn looks the same whatever follows.
    ///
    /// @throws ChatTemplateException also when a turn does not
    default MarkedText renderMarked(List<ChatMessage> messages, Map<String, @Nullable Object> variables) {
        return PrefixRendering.of(this, messages, variables);
    }

    /// Whether this is [#plain] standing in for a model without a template of its own.
    default boolean isStandIn() {
        return false;
    }

    /// A template in Jinja as `tokenizer_config.json` carries it.
    ///
    /// @param specialTokens texts of `bos_token`, `eos_token`, … by these names; the template may print them
    static ChatTemplate jinja(String source, Map<String, String> specialTokens) {
        return new JinjaChatTemplate(source, specialTokens);
    }

    /// The layout for models without a template: the transcript form of HH-RLHF. User turns read
    /// `\n\nHuman: …`, assistant turns `\n\nAssistant: …` ended by `endOfTurn`, other roles their name capitalised.
    static ChatTemplate plain(String endOfTurn) {
        return new PlainChatTemplate(endOfTurn);
    }
}
