package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Turns rows for supervised fine-tuning into token ids: cut at `max_length`, dropped when nothing is left to learn.
public final class TextTokeniser {
    /// @param examples in the order of the rows
    public record Result(List<TextExample> examples, TokenCounts counts) {}

    private final PassageTokeniser passages;
    private final int maxLength;

    /// @param maxLength tokens of prompt and completion together
    public TextTokeniser(Tokenizer tokenizer, int maxLength) {
        if (maxLength < 1) {
            throw new IllegalArgumentException("max_length must be at least 1, got " + maxLength);
        }
        this.passages = new PassageTokeniser(tokenizer);
        this.maxLength = maxLength;
    }

    public Result tokenise(Iterable<TextRow> rows) {
        List<TextExample> examples = new ArrayList<>();
        TokenCounts counts = TokenCounts.NONE;
        for (TextRow row : rows) {
            PassageTokeniser.Pair pair = row.prompt()
                    .map(prompt -> passages.pair(prompt, row.completion()))
                    .orElseGet(() -> new PassageTokeniser.Pair(new int[0], passages.whole(row.completion()), true));
            if (pair.completion().length == 0 || pair.length() == 1) { // a first token is predicted from nothing
                counts = counts.plusEmpty();
            } else if (pair.prompt().length >= maxLength) {
                counts = counts.plusTooLong();
            } else {
                int room = Math.min(pair.completion().length, maxLength - pair.prompt().length);
                examples.add(new TextExample(pair.prompt(), Arrays.copyOf(pair.completion(), room)));
                counts = counts.plusKept(
                        room < pair.completion().length, !pair.prefixHolds(), (long) pair.prompt().length + room);
            }
        }
        return new Result(List.copyOf(examples), counts);
    }
}
