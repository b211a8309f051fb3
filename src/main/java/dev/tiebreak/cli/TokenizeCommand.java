package dev.tiebreak.cli;

import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.data.TokenCounts;
import dev.tiebreak.rlhf.model.ModelConfigFile;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import dev.tiebreak.rlhf.trainer.RowInspection;
import dev.tiebreak.rlhf.trainer.SeenRow;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows the tokens that training sees of a file's rows, and how long the rows are.
@Command(
        name = "tokenize",
        description = "Shows what training sees of rows: token ids, what is learnt, what is cut, and tokens across the"
                + " end of a prompt; and how long the file's rows are.")
final class TokenizeCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--model", required = true, description = "Hugging Face folder whose tokenizer is used.")
    Path model = Path.of("");

    @Option(names = "--data", required = true, description = "JSONL of rows as the method takes them; may be gzipped.")
    Path data = Path.of("");

    @Option(
            names = "--method",
            defaultValue = "sft",
            description = "sft, rm, dpo, kto, orpo, cpo or simpo (default: ${DEFAULT-VALUE}).")
    String method = "sft";

    @Option(names = "--max-length", paramLabel = "N", description = "Tokens of prompt and completion together.")
    @Nullable
    Integer maxLength;

    @Option(
            names = "--set",
            paramLabel = "name=value",
            description = "A setting of the run, such as assistant_only_loss=true; repeatable.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--rows",
            defaultValue = "1-5",
            converter = RowRange.Converter.class,
            description = "Rows to show: 3, 2-5, 7- or all (default: ${DEFAULT-VALUE}). The summary is of all.")
    RowRange rows = new RowRange(1, 5);

    @Option(names = "--json", description = "One JSON object per row shown, and one for the whole.")
    boolean json;

    private final TokenLengths lengths = new TokenLengths();

    @Override
    public Integer call() {
        TrainingSettings run = settings();
        HuggingFaceFolder folder = ModelFolder.files(model);
        try (Tokenizer tokenizer = folder.loadTokenizer()) {
            RowInspection inspection = new RowInspection(
                    run, tokenizer, ModelConfigFile.read(folder).context());
            TokenCounts counts = inspection.walk(data, row -> show(row, tokenizer, inspection.length()));
            if (counts.rows() == 0) {
                throw new CommandException(data + " has no rows");
            }
            sumUp(counts, inspection.length());
        } finally {
            out().flush();
        }
        return 0;
    }

    private TrainingSettings settings() {
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (maxLength != null) {
            all.put("max_length", maxLength.toString());
        }
        return TrainingSettings.of(TrainingMethod.named(method), all);
    }

    private void show(SeenRow row, Tokenizer tokenizer, int room) {
        lengths.add(row);
        if (!rows.holds(row.number())) {
            return;
        }
        if (json) {
            out().println(TokenisedRowJson.of(row, tokenizer));
        } else {
            out().println(TokenisedRowText.of(row, tokenizer, Ansi.AUTO.enabled(), room));
        }
    }

    private void sumUp(TokenCounts counts, int room) {
        if (json) {
            out().println(TokenisedRowJson.summary(counts, lengths, room));
            return;
        }
        out().println(data.getFileName() + ", up to " + room + " tokens a sequence");
        Stream.of(counts.summary().split("; ")).forEach(part -> out().println("  " + part));
        out().printf(Locale.ROOT, "%-24s%8s%8s%8s%n", "tokens", "p50", "p95", "max");
        lengths.spreads()
                .forEach((name, spread) ->
                        out().printf(Locale.ROOT, "%-24s%8d%8d%8d%n", name, spread.p50(), spread.p95(), spread.max()));
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
