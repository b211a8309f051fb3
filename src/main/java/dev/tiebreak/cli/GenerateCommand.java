package dev.tiebreak.cli;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.data.Passage;
import dev.tiebreak.rlhf.data.PassageTokeniser;
import dev.tiebreak.rlhf.data.PromptReader;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.rollout.Sample;
import dev.tiebreak.rlhf.rollout.SamplePrompt;
import dev.tiebreak.rlhf.rollout.Sampler;
import dev.tiebreak.rlhf.rollout.SamplingSettings;
import dev.tiebreak.rlhf.rollout.TextStream;
import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Lets a model answer a prompt, or every prompt of a file.
@Command(
        name = "generate",
        description = "Writes a model's completion of a prompt, or of every prompt in a file.",
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
    private static final int BATCH = 16;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--model", required = true, description = "Hugging Face folder of a language model.")
    Path model = Path.of("");

    @ArgGroup(multiplicity = "1")
    Source source = new Source();

    static final class Source {
        @Option(names = "--prompt", paramLabel = "TEXT", description = "What the user says.")
        @Nullable
        String prompt;

        @Option(
                names = "--prompts",
                paramLabel = "FILE",
                description = "JSONL, each row with a prompt (text or messages) or messages; may be gzipped.")
        @Nullable
        Path prompts;
    }

    @Option(names = "--raw", description = "Continue the text of --prompt as it stands, without the chat template.")
    boolean raw;

    @Option(names = "--max-new-tokens", defaultValue = "128", description = "Default: ${DEFAULT-VALUE}.")
    int maxNewTokens;

    @Option(names = "--temperature", defaultValue = "0.7", description = "0 is greedy (default: ${DEFAULT-VALUE}).")
    double temperature;

    @Option(names = "--top-p", defaultValue = "0.95", description = "Default: ${DEFAULT-VALUE}.")
    double topP;

    @Option(names = "--top-k", defaultValue = "50", description = "0 for all (default: ${DEFAULT-VALUE}).")
    int topK;

    @Option(names = "--seed", defaultValue = "42", description = "Row i of a file has seed + i (default: 42).")
    long seed;

    @Option(names = "--json", description = "One JSON object per completion.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        SamplingSettings settings = new SamplingSettings(maxNewTokens, temperature, topK, topP);
        List<Passage> prompts = prompts();
        return TorchRuntime.onTensorThread("generate", () -> {
            try (TorchRuntime runtime = TorchRuntime.start(System.err::println);
                    ModelFolder folder = ModelFolder.load(runtime, model)) {
                Sampler sampler = Sampler.of(runtime, folder);
                for (int from = 0; from < prompts.size(); from += BATCH) {
                    answer(folder, sampler, settings, prompts, from, Math.min(prompts.size(), from + BATCH));
                }
            }
            return 0;
        });
    }

    private List<Passage> prompts() {
        if (source.prompt != null) {
            return List.of(raw ? Passage.text(source.prompt) : Passage.conversation(ChatMessage.user(source.prompt)));
        }
        try (PromptReader reader = PromptReader.open(Objects.requireNonNull(source.prompts))) {
            return reader.stream().toList();
        }
    }

    private void answer(
            ModelFolder folder, Sampler sampler, SamplingSettings settings, List<Passage> prompts, int from, int to) {
        PassageTokeniser passages = new PassageTokeniser(folder.tokenizer());
        List<SamplePrompt> batch = new ArrayList<>();
        for (int i = from; i < to; i++) {
            batch.add(new SamplePrompt(passages.prompt(prompts.get(i)), seed + i));
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        TextStream stream = new TextStream(folder.tokenizer());
        boolean streaming = source.prompt != null && !json;
        Sampler.Listener shown = (_, tokens) -> {
            if (streaming) {
                out.print(stream.add(tokens));
                out.flush();
            }
        };
        List<Sample> samples = sampler.sample(batch, settings, shown, () -> false);
        if (streaming) {
            out.println(stream.end());
        } else {
            for (int i = 0; i < samples.size(); i++) {
                print(out, folder, prompts.get(from + i), samples.get(i));
            }
        }
        out.flush();
    }

    private void print(PrintWriter out, ModelFolder folder, Passage prompt, Sample sample) {
        String text = folder.tokenizer().decodeSkippingSpecialTokens(sample.tokens());
        if (json) {
            JsonObject row = new JsonObject();
            row.add("prompt", PassageJson.of(prompt));
            row.addProperty("completion", text);
            row.addProperty("finish", sample.finish().name().toLowerCase(Locale.ROOT));
            row.addProperty("tokens", sample.tokens().length);
            out.println(row);
        } else {
            out.println(text);
            out.println();
        }
    }
}
