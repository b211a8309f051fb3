package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Turns preference rows into token ids, as TRL's DPO and reward trainers do.
public final class PreferenceTokeniser {
    /// @param examples in the order of the rows
    public record Result(List<PreferenceExample> examples, TokenCounts counts) {}

    private final PassageTokeniser passages;
    private final int maxLength;
    private final Overlength overlength;

    /// @param maxLength tokens of prompt and completion together
    public PreferenceTokeniser(Tokenizer tokenizer, int maxLength, Overlength overlength) {
        if (maxLength < 1) {
            throw new IllegalArgumentException("max_length must be at least 1, got " + maxLength);
        }
        this.passages = new PassageTokeniser(tokenizer);
        this.maxLength = maxLength;
        this.overlength = overlength;
    }

    public Result tokenise(Iterable<PreferenceRow> rows) {
        List<PreferenceExample> examples = new ArrayList<>();
        TokenCounts counts = TokenCounts.NONE;
        for (PreferenceRow row : rows) {
            PassageTokeniser.Pair chosen = passages.pair(row.prompt(), row.chosen());
            PassageTokeniser.Pair rejected = passages.pair(row.prompt(), row.rejected());
            if (isEmpty(chosen) || isEmpty(rejected)) {
                counts = counts.plusEmpty();
                continue;
            }
            boolean isLong = Math.max(chosen.length(), rejected.length()) > maxLength;
            if (isLong && (overlength == Overlength.DROP || chosen.prompt().length >= maxLength)) {
                counts = counts.plusTooLong();
                continue;
            }
            PreferenceExample example =
                    new PreferenceExample(chosen.prompt(), cut(chosen), cut(rejected), row.margin(), row.softLabel());
            examples.add(example);
            counts = counts.plusKept(isLong, !chosen.prefixHolds() || !rejected.prefixHolds(), tokensOf(example));
        }
        return new Result(List.copyOf(examples), counts);
    }

    /// A policy predicts each token from those before it: a first one alone says nothing about a completion.
    private boolean isEmpty(PassageTokeniser.Pair pair) {
        return pair.completion().length == 0 || (overlength == Overlength.CUT && pair.length() == 1);
    }

    private int[] cut(PassageTokeniser.Pair pair) {
        int room = maxLength - pair.prompt().length;
        return pair.completion().length <= room ? pair.completion() : Arrays.copyOf(pair.completion(), room);
    }

    private static long tokensOf(PreferenceExample example) {
        return 2L * example.prompt().length + example.chosen().length + example.rejected().length;
    }
}
