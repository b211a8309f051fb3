package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.data.PassageTokeniser.Pair;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.util.List;

/// Turns ranked rows into token ids. As with pairs for a reward model, a row with a sequence that is too long is
/// dropped: the last token is the one that is scored.
public final class RankedTokeniser extends RowTokeniser<RankedRow, RankedExample> {
    /// @param maxLength tokens of prompt and completion together
    public RankedTokeniser(Tokenizer tokenizer, int maxLength) {
        super(tokenizer, maxLength, Overlength.DROP);
    }

    @Override
    public String completionName(int sequence) {
        return "completion_" + (sequence + 1);
    }

    @Override
    List<Pair> sequences(RankedRow row) {
        return passages.pairs(row.prompt(), row.completions());
    }

    @Override
    RankedExample example(RankedRow row, List<Pair> sequences) {
        return new RankedExample(
                sequences.getFirst().prompt(),
                sequences.stream().map(Pair::completion).toList(),
                row.ranks().stream().mapToInt(Integer::intValue).toArray());
    }
}
