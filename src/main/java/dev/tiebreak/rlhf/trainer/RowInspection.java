package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.Example;
import dev.tiebreak.rlhf.data.PassageTokeniser;
import dev.tiebreak.rlhf.data.RowReader;
import dev.tiebreak.rlhf.data.TextExample;
import dev.tiebreak.rlhf.data.TokenCounts;
import dev.tiebreak.rlhf.data.TokenisedRow;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Goes through a file's rows as a run with some settings would, and shows what it would see of each.
public final class RowInspection {
    private final TrainingSettings settings;
    private final Tokenizer tokenizer;
    private final int length;

    /// @param context tokens that the model reads at most
    public RowInspection(TrainingSettings settings, Tokenizer tokenizer, int context) {
        this.settings = settings;
        this.tokenizer = tokenizer;
        this.length = Math.min(settings.maxLength(), context);
    }

    /// Tokens of prompt and completion together that training has room for.
    public int length() {
        return length;
    }

    /// @return what became of the rows, as a run says before it starts
    public TokenCounts walk(Path file, Consumer<SeenRow> show) {
        return walk(MethodRows.of(settings, tokenizer, length), file, show);
    }

    private <R, E extends Example> TokenCounts walk(MethodRows<R, E> kind, Path file, Consumer<SeenRow> show) {
        TokenCounts counts = TokenCounts.NONE;
        try (RowReader<R> rows = kind.reader().apply(file)) {
            for (R row : rows) {
                TokenisedRow<E> tokenised = kind.tokeniser().tokenise(row, counts.rows() + 1);
                counts = counts.plus(tokenised, length);
                show.accept(seen(kind, tokenised, counts.rows()));
            }
        }
        return counts;
    }

    private <R, E extends Example> SeenRow seen(MethodRows<R, E> kind, TokenisedRow<E> row, long number) {
        List<SeenSequence> sequences = new ArrayList<>();
        for (int i = 0; i < row.sequences().size(); i++) {
            String name = kind.tokeniser().completionName(i);
            PassageTokeniser.Pair whole = row.sequences().get(i);
            int kept = row.example().isPresent()
                    ? row.example().get().completions().get(i).length
                    : whole.completion().length;
            boolean[] learnt = row.example()
                    .map(example -> learnt(example, name, whole.prompt().length, kept))
                    .orElseGet(() -> new boolean[whole.prompt().length + kept]);
            sequences.add(
                    new SeenSequence(name, whole, kept, learnt, row.example().isPresent() && scores()));
        }
        return new SeenRow(number, row.fate(), sequences);
    }

    private boolean scores() {
        return settings.method() == TrainingMethod.REWARD_MODEL;
    }

    private boolean[] learnt(Example example, String name, int prompt, int kept) {
        boolean[] learnt = new boolean[prompt + kept];
        boolean promptToo = settings.method() == TrainingMethod.ORPO && name.equals("chosen");
        for (int i = 1; i < learnt.length; i++) { // nothing stands before the first that could predict it
            learnt[i] = !scores() && (example instanceof TextExample text ? text.marks()[i] : promptToo || i >= prompt);
        }
        return learnt;
    }
}
