package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.Passage.Conversation;
import dev.tiebreak.rlhf.data.PassageTokeniser.Pair;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;

/// Turns rows for supervised fine-tuning into token ids: cut at `max_length`, dropped when nothing is left to learn.
public final class TextTokeniser extends RowTokeniser<TextRow, TextExample> {
    private final boolean assistantOnly;

    /// Learns completions, and texts and conversations without a prompt whole.
    ///
    /// @param maxLength tokens of prompt and completion together
    public TextTokeniser(Tokenizer tokenizer, int maxLength) {
        this(tokenizer, maxLength, false);
    }

    /// @param assistantOnly whether, of all this, only what assistants say is learnt: TRL's `assistant_only_loss`
    public TextTokeniser(Tokenizer tokenizer, int maxLength, boolean assistantOnly) {
        super(tokenizer, maxLength, Overlength.CUT);
        this.assistantOnly = assistantOnly;
    }

    @Override
    List<Pair> sequences(TextRow row) {
        return List.of(row.prompt()
                .map(prompt -> passages.pair(prompt, row.completion()))
                .orElseGet(() -> Pair.whole(passages.whole(row.completion()))));
    }

    @Override
    TextExample example(TextRow row, List<Pair> sequences) {
        Pair pair = sequences.getFirst();
        int[] completion = cut(pair);
        if (!assistantOnly) {
            return new TextExample(pair.prompt(), completion);
        }
        boolean[] said = passages.saidByAssistant(conversation(row));
        int begin = pair.prompt().length;
        return new TextExample(pair.prompt(), completion, Arrays.copyOfRange(said, begin, begin + completion.length));
    }

    @Override
    boolean isLearnable(TextExample example) {
        return example.predicted() > 0;
    }

    /// @throws WrongInputException when the row is a text, in which nobody speaks
    private static Conversation conversation(TextRow row) {
        Passage whole = row.prompt()
                .map(prompt -> PassageTokeniser.joined(prompt, row.completion()))
                .orElse(row.completion());
        if (whole instanceof Conversation conversation) {
            return conversation;
        }
        throw new WrongInputException("a plain text has no turns of an assistant: assistant_only_loss needs messages");
    }
}
