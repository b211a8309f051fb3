package dev.tiebreak.rlhf.tokenizer;

import dev.tiebreak.rlhf.tokenizer.MarkedText.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the assistants' turns in a rendered conversation without the template's help: the conversation up to a turn,
/// with the generation prompt, is where the turn begins; the conversation with the turn is where it ends.
final class PrefixRendering {
    private PrefixRendering() {}

    static MarkedText of(ChatTemplate template, List<ChatMessage> messages, Map<String, @Nullable Object> variables) {
        String whole = template.render(messages, variables, false);
        List<Span> turns = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).role().equals("assistant")) {
                String before = template.render(messages.subList(0, i), variables, true);
                String with = template.render(messages.subList(0, i + 1), variables, false);
                requirePrefix(before, with, i, "without the turn itself");
                requirePrefix(with, whole, i, "without what follows");
                turns.add(new Span(before.length(), with.length()));
            }
        }
        return new MarkedText(whole, turns);
    }

    private static void requirePrefix(String begin, String longer, int turn, String how) {
        if (!longer.startsWith(begin)) {
            throw new ChatTemplateException("the chat template lays the conversation out differently up to message "
                    + (turn + 1) + " " + how + ", so the assistant's turns cannot be found; it needs {% generation %}"
                    + " blocks around them");
        }
    }
}
