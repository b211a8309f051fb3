package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.data.PassageTokeniser.Pair;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.util.List;

/// Turns labelled rows into token ids, as TRL's KTO trainer does.
public final class LabelledTokeniser extends RowTokeniser<LabelledRow, LabelledExample> {
    /// @param maxLength tokens of prompt and completion together; completions are cut there
    public LabelledTokeniser(Tokenizer tokenizer, int maxLength) {
        super(tokenizer, maxLength, Overlength.CUT);
    }

    @Override
    List<Pair> sequences(LabelledRow row) {
        return List.of(passages.pair(row.prompt(), row.completion()));
    }

    @Override
    LabelledExample example(LabelledRow row, List<Pair> sequences) {
        Pair pair = sequences.getFirst();
        return new LabelledExample(pair.prompt(), cut(pair), row.desirable());
    }
}
