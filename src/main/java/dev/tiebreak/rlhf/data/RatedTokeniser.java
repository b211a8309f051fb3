package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.data.PassageTokeniser.Pair;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.util.List;

/// Turns rated rows into token ids; one that is too long is dropped, because the last token is the one that is scored.
public final class RatedTokeniser extends RowTokeniser<RatedRow, RatedExample> {
    /// @param maxLength tokens of prompt and completion together
    public RatedTokeniser(Tokenizer tokenizer, int maxLength) {
        super(tokenizer, maxLength, Overlength.DROP);
    }

    @Override
    List<Pair> sequences(RatedRow row) {
        return List.of(passages.pair(row.prompt(), row.completion()));
    }

    @Override
    RatedExample example(RatedRow row, List<Pair> sequences) {
        Pair pair = sequences.getFirst();
        return new RatedExample(pair.prompt(), pair.completion(), row.rating());
    }
}
