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
/// The prompt is tokenised alone and together with the completion, which begins where the two part, as in TRL: at the
/// prompt's end, or where a token spans that, before it. So a model reads exactly the text that prompt and completion
/// make. Completions of one prompt begin at the same place, the first at which one parts. Plain text gets the bos token
/// where the model's tokenizer adds one, and a completion ends with the eos
/// token. Conversations are laid out by the chat template, which writes both itself; a model
/// without one gets the plain layout, and its bos token as plain text does.
public final class PassageTokeniser {
    /// @param prompt     ids of the whole up to where the completion begins
    /// @param completion ids of the whole from there on
    /// @param alone      ids of the prompt alone: as `prompt`, unless a token spans its end here or elsewhere
    public record Pair(int[] prompt, int[] completion, int[] alone) {
        static Pair whole(int[] ids) {
            return new Pair(new int[0], ids, new int[0]);
        }

        public int length() {
            return prompt.length + completion.length;
        }

        /// Whether the whole begins with the ids of the prompt alone.
        public boolean prefixHolds() {
            int rest = alone.length - prompt.length;
            return rest <= completion.length && Arrays.equals(alone, prompt.length, alone.length, completion, 0, rest);
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
        int[] alone = prompt(prompt);
        List<int[]> wholes = completions.stream()
                .map(completion -> whole(joined(prompt, completion)))
                .toList();
        int seam = wholes.stream()
                .mapToInt(whole -> commonPrefix(alone, whole))
                .min()
                .orElse(0);
        return wholes.stream()
                .map(whole ->
                        new Pair(Arrays.copyOf(whole, seam), Arrays.copyOfRange(whole, seam, whole.length), alone))
                .toList();
    }

    private static int commonPrefix(int[] one, int[] other) {
        int mismatch = Arrays.mismatch(one, other);
        return mismatch < 0 ? one.length : mismatch;
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
