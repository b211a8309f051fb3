package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.Example;
import dev.tiebreak.rlhf.data.LabelledExample;
import dev.tiebreak.rlhf.data.LabelledReader;
import dev.tiebreak.rlhf.data.LabelledRow;
import dev.tiebreak.rlhf.data.LabelledTokeniser;
import dev.tiebreak.rlhf.data.Overlength;
import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.data.PreferenceReader;
import dev.tiebreak.rlhf.data.PreferenceRow;
import dev.tiebreak.rlhf.data.PreferenceTokeniser;
import dev.tiebreak.rlhf.data.RankedExample;
import dev.tiebreak.rlhf.data.RankedReader;
import dev.tiebreak.rlhf.data.RankedRow;
import dev.tiebreak.rlhf.data.RankedTokeniser;
import dev.tiebreak.rlhf.data.RatedExample;
import dev.tiebreak.rlhf.data.RatedReader;
import dev.tiebreak.rlhf.data.RatedRow;
import dev.tiebreak.rlhf.data.RatedTokeniser;
import dev.tiebreak.rlhf.data.RowReader;
import dev.tiebreak.rlhf.data.RowTokeniser;
import dev.tiebreak.rlhf.data.TextExample;
import dev.tiebreak.rlhf.data.TextReader;
import dev.tiebreak.rlhf.data.TextRow;
import dev.tiebreak.rlhf.data.TextTokeniser;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.function.Function;

/// How a method's rows are read and turned into token ids, for training and for looking at what training will see.
///
/// @param <R> the kind of row
/// @param <E> what is made of it
record MethodRows<R, E extends Example>(Function<Path, RowReader<R>> reader, RowTokeniser<R, E> tokeniser) {

    /// @param length tokens of prompt and completion together
    static MethodRows<?, ?> of(TrainingSettings settings, Tokenizer tokenizer, int length) {
        return switch (settings.own()) {
            case SftSettings own -> texts(tokenizer, length, own, own.packing());
            case RewardSettings own ->
                switch (own.lossType()) {
                    case BRADLEY_TERRY -> pairs(tokenizer, length, Overlength.DROP);
                    case K_WISE, PLACKETT_LUCE -> ranked(tokenizer, length);
                    case REGRESSION -> rated(tokenizer, length);
                };
            case KtoSettings _ -> labelled(tokenizer, length);
            case DpoSettings _, CpoSettings _, OrpoSettings _ -> pairs(tokenizer, length, Overlength.CUT);
        };
    }

    static MethodRows<TextRow, TextExample> texts(
            Tokenizer tokenizer, int length, SftSettings settings, boolean packing) {
        boolean cuts = !packing || settings.packingStrategy().cuts();
        return new MethodRows<>(
                TextReader::open,
                new TextTokeniser(tokenizer, cuts ? length : Integer.MAX_VALUE, settings.assistantOnly()));
    }

    static MethodRows<PreferenceRow, PreferenceExample> pairs(Tokenizer tokenizer, int length, Overlength overlength) {
        return new MethodRows<>(PreferenceReader::open, new PreferenceTokeniser(tokenizer, length, overlength));
    }

    static MethodRows<LabelledRow, LabelledExample> labelled(Tokenizer tokenizer, int length) {
        return new MethodRows<>(LabelledReader::open, new LabelledTokeniser(tokenizer, length));
    }

    static MethodRows<RankedRow, RankedExample> ranked(Tokenizer tokenizer, int length) {
        return new MethodRows<>(RankedReader::open, new RankedTokeniser(tokenizer, length));
    }

    static MethodRows<RatedRow, RatedExample> rated(Tokenizer tokenizer, int length) {
        return new MethodRows<>(RatedReader::open, new RatedTokeniser(tokenizer, length));
    }
}
