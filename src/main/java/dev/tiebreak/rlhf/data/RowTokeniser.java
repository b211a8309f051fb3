package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.PassageTokeniser.Pair;
import dev.tiebreak.rlhf.data.TokenisedRow.Fate;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Turns rows into token ids, by the rules that all methods share: a row is dropped when a sequence of it holds nothing
/// to learn, or is too long; what is too long is cut where the method allows it.
///
/// @param <R> the kind of row
/// @param <E> what is made of it
public abstract sealed class RowTokeniser<R, E extends Example>
        permits PreferenceTokeniser, LabelledTokeniser, RankedTokeniser, RatedTokeniser, TextTokeniser {
    final PassageTokeniser passages;
    private final int maxLength;
    private final Overlength overlength;

    RowTokeniser(Tokenizer tokenizer, int maxLength, Overlength overlength) {
        if (maxLength < 1) {
            throw new IllegalArgumentException("max_length must be at least 1, got " + maxLength);
        }
        this.passages = new PassageTokeniser(tokenizer);
        this.maxLength = maxLength;
        this.overlength = overlength;
    }

    public final TokenisedRows<E> tokenise(Iterable<R> rows) {
        List<E> examples = new ArrayList<>();
        List<int[]> prompts = new ArrayList<>();
        TokenCounts counts = TokenCounts.NONE;
        for (R row : rows) {
            TokenisedRow<E> tokenised = tokenise(row, counts.rows() + 1);
            if (tokenised.example().isPresent()) {
                examples.add(tokenised.example().get());
                prompts.add(tokenised.sequences().getFirst().alone());
            }
            counts = counts.plus(tokenised, maxLength);
        }
        return new TokenisedRows<>(List.copyOf(examples), List.copyOf(prompts), counts);
    }

    /// One row alone, which is named by its number where the chat template refuses it.
    public final TokenisedRow<E> tokenise(R row, long number) {
        try {
            return tokenise(row);
        } catch (WrongInputException e) {
            throw new WrongInputException("row " + number + ": " + e.getMessage(), e);
        }
    }

    /// One row alone, with what it was before it was cut or dropped.
    public final TokenisedRow<E> tokenise(R row) {
        List<Pair> sequences = sequences(row);
        if (sequences.stream().anyMatch(this::isEmpty)) {
            return new TokenisedRow<>(sequences, Fate.EMPTY, Optional.empty());
        }
        boolean isLong = sequences.stream().anyMatch(pair -> pair.length() > maxLength);
        boolean fills = sequences.stream().anyMatch(pair -> pair.prompt().length >= maxLength);
        if (overlength == Overlength.CUT ? fills : isLong) {
            return new TokenisedRow<>(sequences, Fate.TOO_LONG, Optional.empty());
        }
        E example = example(row, sequences);
        if (!isLearnable(example)) {
            return new TokenisedRow<>(sequences, isLong ? Fate.TOO_LONG : Fate.EMPTY, Optional.empty());
        }
        return new TokenisedRow<>(sequences, isLong ? Fate.CUT : Fate.KEPT, Optional.of(example));
    }

    /// What the i-th sequence of a row ends with: `completion`, or a name of its own where there are several.
    public String completionName(int sequence) {
        return "completion";
    }

    /// What a model would see of the row.
    abstract List<Pair> sequences(R row);

    /// @param sequences those of the row, none of them empty or, unless they are [#cut], too long
    abstract E example(R row, List<Pair> sequences);

    /// Whether anything in it is learnt, after it was cut.
    boolean isLearnable(E example) {
        return true;
    }

    /// The completion up to the length allowed.
    final int[] cut(Pair pair) {
        int room = maxLength - pair.prompt().length;
        return pair.completion().length <= room ? pair.completion() : Arrays.copyOf(pair.completion(), room);
    }

    /// A policy predicts each token from those before it: a first one alone says nothing about a completion.
    private boolean isEmpty(Pair pair) {
        return pair.completion().length == 0 || (overlength == Overlength.CUT && pair.length() == 1);
    }
}
