package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.Example;
import dev.tiebreak.rlhf.data.LabelledExample;
import dev.tiebreak.rlhf.data.Overlength;
import dev.tiebreak.rlhf.data.Pack;
import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.data.RankedExample;
import dev.tiebreak.rlhf.data.RatedExample;
import dev.tiebreak.rlhf.data.RowReader;
import dev.tiebreak.rlhf.data.TextExample;
import dev.tiebreak.rlhf.data.TokenisedRows;
import dev.tiebreak.rlhf.loss.RankingLoss;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Reads a run's rows, tokenises them as its method wants them, and makes the method's objective of them.
final class Objectives {
    private final Trainer.Inputs inputs;
    private final Consumer<String> progress;
    private final Tokenizer tokenizer;
    private final LanguageModel model;
    private final int length;
    private List<int[]> heldOutPrompts = List.of();

    private Objectives(ModelFolder folder, Trainer.Inputs inputs, Consumer<String> progress) {
        this.inputs = inputs;
        this.progress = progress;
        this.tokenizer = folder.tokenizer();
        this.model = folder.model();
        this.length = Math.min(inputs.settings().maxLength(), folder.config().context());
    }

    /// @param heldOutPrompts of the rows to evaluate on, as generation meets them
    record Prepared(Objective objective, List<int[]> heldOutPrompts) {}

    /// @param progress hears what became of each file's rows
    static Prepared of(ModelFolder folder, Trainer.Inputs inputs, Consumer<String> progress) {
        Objectives objectives = new Objectives(folder, inputs, progress);
        return new Prepared(objectives.objective(), objectives.heldOutPrompts);
    }

    private Objective objective() {
        if (inputs.settings().patience() > 0 && inputs.heldOut().isEmpty()) {
            throw new WrongInputException("early_stopping_patience needs held-out rows (--eval) to judge by");
        }
        return switch (inputs.settings().own()) {
            case SftSettings settings ->
                new SftObjective(
                        model,
                        texts(settings, settings.packing(), inputs.data()),
                        inputs.heldOut()
                                .map(file -> texts(settings, settings.heldOutPacking(), file))
                                .orElse(List.of()),
                        settings.loss());
            case RewardSettings settings -> reward(settings);
            case DpoSettings settings -> {
                Rows<PreferenceExample> rows = pairs(Overlength.CUT);
                yield new DpoObjective(model, rows.train, rows.heldOut, settings);
            }
            case CpoSettings settings -> {
                Rows<PreferenceExample> rows = pairs(Overlength.CUT);
                yield new CpoObjective(model, rows.train, rows.heldOut, settings);
            }
            case OrpoSettings settings -> {
                Rows<PreferenceExample> rows = pairs(Overlength.CUT);
                yield new OrpoObjective(model, rows.train, rows.heldOut, settings);
            }
            case KtoSettings settings -> {
                Rows<LabelledExample> rows = rows(MethodRows.labelled(tokenizer, length));
                int batch = inputs.settings().batchSize();
                yield new KtoObjective(model, rows.train, rows.heldOut, settings, batch, length);
            }
        };
    }

    private List<Pack> texts(SftSettings settings, boolean packing, Path file) {
        List<TextExample> texts = read(MethodRows.texts(tokenizer, length, settings, packing), file);
        if (!packing) {
            return texts.stream().map(Pack::of).toList();
        }
        List<Pack> packs = settings.packingStrategy().pack(texts, length).stream()
                .filter(pack -> pack.predicted() > 0) // a piece may be all prompt
                .toList();
        double filled = packs.stream().mapToInt(Pack::length).average().orElseThrow(() -> nothingLeft(file));
        progress.accept(String.format(
                Locale.ROOT,
                "%s: %d packs of at most %d tokens, %.1f %% full",
                file.getFileName(),
                packs.size(),
                length,
                100 * filled / length));
        return packs;
    }

    private Objective reward(RewardSettings settings) {
        return switch (settings.lossType()) {
            case BRADLEY_TERRY -> {
                Rows<PreferenceExample> rows = pairs(Overlength.DROP);
                yield new RewardObjective(model, rows.train, rows.heldOut, settings);
            }
            case K_WISE -> ranking(RankingLoss.K_WISE);
            case PLACKETT_LUCE -> ranking(RankingLoss.PLACKETT_LUCE);
            case REGRESSION -> {
                Rows<RatedExample> rows = rows(MethodRows.rated(tokenizer, length));
                yield new RegressionObjective(model, rows.train, rows.heldOut);
            }
        };
    }

    private Objective ranking(RankingLoss loss) {
        Rows<RankedExample> rows = rows(MethodRows.ranked(tokenizer, length));
        return new RankingObjective(model, rows.train, rows.heldOut, loss);
    }

    private Rows<PreferenceExample> pairs(Overlength overlength) {
        return rows(MethodRows.pairs(tokenizer, length, overlength));
    }

    private record Rows<E>(List<E> train, List<E> heldOut) {}

    private <R, E extends Example> Rows<E> rows(MethodRows<R, E> kind) {
        return new Rows<>(
                read(kind, inputs.data()),
                inputs.heldOut().map(file -> read(kind, file)).orElse(List.of()));
    }

    private <R, E extends Example> List<E> read(MethodRows<R, E> kind, Path file) {
        try (RowReader<R> rows = kind.reader().apply(file)) {
            TokenisedRows<E> result = kind.tokeniser().tokenise(rows);
            progress.accept(file.getFileName() + ": " + result.counts().summary());
            if (result.examples().isEmpty()) {
                throw nothingLeft(file);
            }
            if (inputs.heldOut().filter(file::equals).isPresent()) {
                heldOutPrompts = result.prompts();
            }
            return result.examples();
        }
    }

    private static WrongInputException nothingLeft(Path file) {
        return new WrongInputException(file + ": no row is left to train on; max_length may be too small");
    }
}
