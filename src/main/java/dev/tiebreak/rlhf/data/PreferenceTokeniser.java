package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.data.PassageTokeniser.Pair;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.util.List;

/// Turns preference rows into token ids, as TRL's DPO and reward trainers do.
public final class PreferenceTokeniser extends RowTokeniser<PreferenceRow, PreferenceExample> {
    /// @param maxLength tokens of prompt and completion together
    public PreferenceTokeniser(Tokenizer tokenizer, int maxLength, Overlength overlength) {
        super(tokenizer, maxLength, overlength);
    }

    @Override
    public String completionName(int sequence) {
        return sequence == 0 ? "chosen" : "rejected";
    }

    @Override
    List<Pair> sequences(PreferenceRow row) {
        return passages.pairs(row.prompt(), List.of(row.chosen(), row.rejected()));
    }

    @Override
    PreferenceExample example(PreferenceRow row, List<Pair> sequences) {
        Pair chosen = sequences.getFirst();
        return new PreferenceExample(
                chosen.prompt(), cut(chosen), cut(sequences.getLast()), row.margin(), row.softLabel());
    }
}
