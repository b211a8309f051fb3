package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.data.PassageTokeniser.Pair;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.util.List;

/// Turns rows for supervised fine-tuning into token ids: cut at `max_length`, dropped when nothing is left to learn.
public final class TextTokeniser extends RowTokeniser<TextRow, TextExample> {
    /// @param maxLength tokens of prompt and completion together
    public TextTokeniser(Tokenizer tokenizer, int maxLength) {
        super(tokenizer, maxLength, Overlength.CUT);
    }

    @Override
    List<Pair> sequences(TextRow row) {
        return List.of(row.prompt()
                .map(prompt -> passages.pair(prompt, row.completion()))
                .orElseGet(() -> new Pair(new int[0], passages.whole(row.completion()), true)));
    }

    @Override
    TextExample example(TextRow row, List<Pair> sequences) {
        Pair pair = sequences.getFirst();
        return new TextExample(pair.prompt(), cut(pair));
    }
}
