package dev.tiebreak.rlhf.rollout;

import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.util.Arrays;

/// Turns tokens, as they come, into text that can be shown at once: a character whose bytes are spread over several
/// tokens is held back until it is whole.
public final class TextStream {
    private static final char INCOMPLETE = '\uFFFD';

    private final Tokenizer tokenizer;
    private int[] tokens = new int[0];
    private int shown;

    public TextStream(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /// @return what may be shown now, after what was shown before; often empty
    public String add(int[] more) {
        int before = tokens.length;
        tokens = Arrays.copyOf(tokens, before + more.length);
        System.arraycopy(more, 0, tokens, before, more.length);
        String text = text();
        int whole = text.length();
        while (whole > shown && text.charAt(whole - 1) == INCOMPLETE) {
            whole--;
        }
        return show(text, whole);
    }

    /// What was held back and will not be completed any more.
    public String end() {
        String text = text();
        return show(text, text.length());
    }

    /// Everything so far.
    public String text() {
        return tokenizer.decodeSkippingSpecialTokens(tokens);
    }

    private String show(String text, int until) {
        if (until <= shown) {
            return "";
        }
        String delta = text.substring(shown, until);
        shown = until;
        return delta;
    }
}
