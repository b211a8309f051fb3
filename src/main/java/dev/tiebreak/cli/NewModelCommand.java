package dev.tiebreak.cli;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.data.Passage;
import dev.tiebreak.rlhf.data.TextReader;
import dev.tiebreak.rlhf.data.TextRow;
import dev.tiebreak.rlhf.model.Family;
import dev.tiebreak.rlhf.model.FreshModel;
import dev.tiebreak.rlhf.model.Gemma2;
import dev.tiebreak.rlhf.model.Gpt2;
import dev.tiebreak.rlhf.model.Llama;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.Qwen2;
import dev.tiebreak.rlhf.model.Qwen3;
import dev.tiebreak.rlhf.model.WeightShape;
import dev.tiebreak.rlhf.tokenizer.BpeTrainer;
import dev.tiebreak.rlhf.tokenizer.ByteLevelBpe;
import dev.tiebreak.rlhf.tokenizer.SpecialTokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Makes a small model with fresh weights and a tokenizer learnt from the text it is to be trained on.
@Command(name = "new-model", description = "Makes a small untrained model with a tokenizer for your text.")
final class NewModelCommand implements Callable<Integer> {
    enum Kind {
        llama,
        qwen2,
        qwen3,
        gpt2,
        gemma2;

        Family family(int headWidth) {
            return switch (this) {
                case llama -> Llama.PLAIN;
                case qwen2 -> new Qwen2();
                case qwen3 -> Qwen3.PLAIN;
                case gpt2 -> new Gpt2();
                case gemma2 -> new Gemma2(false, headWidth, Gemma2.PLAIN.attentionCap(), Gemma2.PLAIN.logitCap());
            };
        }
    }

    @Option(
            names = "--family",
            defaultValue = "llama",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Kind kind = Kind.llama;

    @Option(names = "--data", required = true, description = "JSONL of text, messages, or prompt and completion.")
    Path data = Path.of("");

    @Option(names = "--out", required = true, description = "Folder of the new model.")
    Path out = Path.of("");

    @Option(names = "--vocab-size", defaultValue = "1024", description = "Tokens in all (default: ${DEFAULT-VALUE}).")
    int vocabSize;

    @Option(names = "--hidden", defaultValue = "160", description = "Width (default: ${DEFAULT-VALUE}).")
    int hidden;

    @Option(names = "--layers", defaultValue = "4", description = "Layers (default: ${DEFAULT-VALUE}).")
    int layers;

    @Option(names = "--heads", defaultValue = "4", description = "Query heads (default: ${DEFAULT-VALUE}).")
    int heads;

    @Option(names = "--kv-heads", defaultValue = "2", description = "Key-value heads (default: ${DEFAULT-VALUE}).")
    int keyValueHeads;

    @Option(names = "--context", defaultValue = "512", description = "Longest text in tokens.")
    int context;

    @Option(names = "--seed", defaultValue = "42", description = "Seed of the weights (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--json", description = "Say what was made as a JSON object.")
    boolean json;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (hidden % heads != 0) {
            throw new CommandException("--hidden " + hidden + " is not a multiple of --heads " + heads);
        }
        ByteLevelBpe tokenizer = learnTokenizer();
        ModelConfig shape = ModelConfig.small(tokenizer.tokens().size(), hidden, layers, heads, keyValueHeads, context)
                .with(kind.family(hidden / heads));
        ModelConfig config = FreshModel.write(out, tokenizer, shape, new Random(seed));
        long weights =
                WeightShape.of(config).stream().mapToLong(WeightShape::size).sum();
        PrintWriter lines = Objects.requireNonNull(spec).commandLine().getOut();
        lines.println(
                json
                        ? made(weights, config.vocabulary()).toString()
                        : String.format(Locale.ROOT, "%s: %,d weights, %,d tokens", out, weights, config.vocabulary()));
        lines.flush();
        return 0;
    }

    private JsonObject made(long weights, int vocabulary) {
        JsonObject made = new JsonObject();
        made.addProperty("model", out.toString());
        made.addProperty("family", kind.name());
        made.addProperty("weights", weights);
        made.addProperty("tokens", vocabulary);
        return made;
    }

    private ByteLevelBpe learnTokenizer() {
        BpeTrainer trainer = new BpeTrainer(vocabSize, 2, SpecialTokens.chatMl());
        try (TextReader rows = TextReader.open(data)) {
            for (TextRow row : rows) {
                row.prompt().ifPresent(prompt -> count(prompt, trainer));
                count(row.completion(), trainer);
            }
        }
        return trainer.train();
    }

    private static void count(Passage passage, BpeTrainer trainer) {
        switch (passage) {
            case Passage.PlainText(var text) -> trainer.add(text);
            case Passage.Conversation conversation ->
                // as ChatML lays a turn out, without its special tokens
                conversation.messages().forEach(turn -> trainer.add(turn.role() + "\n" + turn.content()));
        }
    }
}
