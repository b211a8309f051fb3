package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.data.Passage.Conversation;
import dev.tiebreak.rlhf.data.Passage.PlainText;
import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import dev.tiebreak.rlhf.tokenizer.ChatTemplate;
import dev.tiebreak.rlhf.tokenizer.LocatedTokens;
import dev.tiebreak.rlhf.tokenizer.MarkedText;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The one way from a prompt and a completion to token ids. Training, scoring and generation all go through here, so
/// that a model meets at use what it met in training.
///
/// The prompt is tokenised alone, prompt and completion together, and the completion is what follows the prompt's
/// length. Plain text gets the bos token where the model's tokenizer adds one, and a completion ends with the eos
/// token. Conversations are laid out by the chat template, which writes both itself; a model
/// without one gets the plain layout, and its bos token as plain text does.
public final class PassageTokeniser {
    /// @param prompt     ids of the prompt alone
    /// @param completion ids after the prompt's length in the whole
    /// @param beginning  ids up to the prompt's length in the whole: the prompt's own, unless a token spans its end
    public record Pair(int[] prompt, int[] completion, int[] beginning) {
        static Pair whole(int[] ids) {
            return new Pair(new int[0], ids, new int[0]);
        }

        public int length() {
            return prompt.length + completion.length;
        }

        /// Whether the whole begins with the prompt's ids.
        public boolean prefixHolds() {
            return Arrays.equals(prompt, beginning);
        }
    }

    private final Tokenizer tokenizer;
    private final String eos;

    public PassageTokeniser(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.eos = tokenizer.eosToken().orElse("");
    }

    /// What the model continues when it generates.
    public int[] prompt(Passage prompt) {
        return switch (prompt) {
            case PlainText(var text) -> encodePlain(text);
            case Conversation conversation -> encodeTemplated(conversation, true);
        };
    }

    /// A whole text without a prompt.
    public int[] whole(Passage passage) {
        return switch (passage) {
            case PlainText(var text) -> encodePlain(withEos(text));
            case Conversation conversation -> encodeTemplated(conversation, false);
        };
    }

    /// @throws IllegalArgumentException when one is text and the other a conversation
    public Pair pair(Passage prompt, Passage completion) {
        return pairs(prompt, List.of(completion)).getFirst();
    }

    /// Several completions of one prompt, which is tokenised once.
    public List<Pair> pairs(Passage prompt, List<Passage> completions) {
        int[] promptIds = prompt(prompt);
        return completions.stream()
                .map(completion -> pair(promptIds, whole(joined(prompt, completion))))
                .toList();
    }

    private static Pair pair(int[] prompt, int[] whole) {
        int seam = Math.min(prompt.length, whole.length);
        return new Pair(prompt, Arrays.copyOfRange(whole, seam, whole.length), Arrays.copyOfRange(whole, 0, seam));
    }

    /// For each token of a whole conversation, whether an assistant says it, the end of the turn included. A token that
    /// reaches into a turn belongs to it, as in transformers' `return_assistant_tokens_mask`.
    boolean[] saidByAssistant(Conversation conversation) {
        ChatTemplate template = tokenizer.chatTemplate();
        MarkedText marked = template.renderMarked(conversation.messages(), conversation.variables());
        LocatedTokens tokens = tokenizer.encodeLocated(marked.text());
        boolean[] said = new boolean[tokens.ids().length];
        int token = 0;
        for (MarkedText.Span turn : marked.assistant()) {
            while (token < said.length && tokens.ends()[token] <= turn.begin()) {
                token++;
            }
            while (token < said.length && tokens.begins()[token] < turn.end()) {
                said[token++] = true;
            }
        }
        return template.isStandIn() && addsBosTo(tokens.ids()) ? withoutBos(said) : said;
    }

    private static boolean[] withoutBos(boolean[] said) {
        boolean[] shifted = new boolean[said.length + 1];
        System.arraycopy(said, 0, shifted, 1, said.length);
        return shifted;
    }

    static Passage joined(Passage prompt, Passage completion) {
        if (prompt instanceof PlainText(var first) && completion instanceof PlainText(var second)) {
            return new PlainText(first + second);
        }
        if (prompt instanceof Conversation first && completion instanceof Conversation second) {
            List<ChatMessage> all = new ArrayList<>(first.messages());
            all.addAll(second.messages());
            return first.with(all);
        }
        throw new IllegalArgumentException("prompt and completion must both be text or both be conversations");
    }

    private String withEos(String text) {
        return text.endsWith(eos) ? text : text + eos;
    }

    private int[] encodePlain(String text) {
        int[] ids = tokenizer.encode(text);
        if (!addsBosTo(ids)) {
            return ids;
        }
        int[] withBos = new int[ids.length + 1];
        withBos[0] = tokenizer.bosId().orElseThrow();
        System.arraycopy(ids, 0, withBos, 1, ids.length);
        return withBos;
    }

    private boolean addsBosTo(int[] ids) {
        return tokenizer.addsBos()
                && (ids.length == 0 || ids[0] != tokenizer.bosId().orElseThrow());
    }

    private int[] encodeTemplated(Conversation conversation, boolean addGenerationPrompt) {
        if (conversation.messages().isEmpty()) {
            return new int[0];
        }
        ChatTemplate template = tokenizer.chatTemplate();
        String text = template.render(conversation.messages(), conversation.variables(), addGenerationPrompt);
        return template.isStandIn() ? encodePlain(text) : tokenizer.encode(text); // a template writes its own bos
    }
}
