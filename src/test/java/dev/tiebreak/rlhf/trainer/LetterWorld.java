package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.data.Example;
import dev.tiebreak.rlhf.data.Passage;
import dev.tiebreak.rlhf.data.PassageTokeniser;
import dev.tiebreak.rlhf.model.FreshModel;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.model.TrunkPass;
import dev.tiebreak.rlhf.rollout.Sample;
import dev.tiebreak.rlhf.rollout.SamplePrompt;
import dev.tiebreak.rlhf.rollout.Sampler;
import dev.tiebreak.rlhf.rollout.SamplingSettings;
import dev.tiebreak.rlhf.tokenizer.BpeTrainer;
import dev.tiebreak.rlhf.tokenizer.ByteLevelBpe;
import dev.tiebreak.rlhf.tokenizer.SpecialTokens;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// A world in which everything about preferences is known: texts are twelve letters from a to h, and the more a's a
/// text has, the better it is. Models are tiny and real.
final class LetterWorld {
    static final String PROMPT = "go:";
    static final int LETTERS = 8;
    static final int LENGTH = 12;

    private static final int GAMES = 500;

    final Path folder;
    final Path base;
    private final List<String> opponents;

    /// @param folder the base, which writes letters as a chain does that knows only the letter before, is made there
    LetterWorld(Path folder) {
        this.folder = folder;
        Path fresh = fresh(folder.resolve("fresh"), 3);
        List<JsonObject> texts = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(11);
        double[][] chain = chain(random);
        for (int i = 0; i < 800; i++) {
            texts.add(row("completion", text(chain, random)));
        }
        this.base = train(
                "base",
                TrainingMethod.SFT,
                fresh,
                write("texts.jsonl", texts),
                Optional.empty(),
                Map.of(
                        "learning_rate", "3e-3",
                        "num_train_epochs", "3",
                        "per_device_train_batch_size", "16"));
        this.opponents = sample(base, GAMES, 78);
    }

    static Path fresh(Path folder, long seed) {
        ByteLevelBpe tokenizer = new BpeTrainer(259, 2, SpecialTokens.chatMl()).train();
        ModelConfig shape = ModelConfig.small(tokenizer.tokens().size(), 64, 2, 4, 2, 64);
        try {
            FreshModel.write(folder, tokenizer, shape, new SplittableRandom(seed));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[][] chain(SplittableRandom random) {
        double[][] chain = new double[LETTERS][LETTERS];
        for (double[] row : chain) {
            Arrays.setAll(row, _ -> -Math.log(1 - random.nextDouble())); // exponential: an even draw of distributions
            double sum = Arrays.stream(row).sum();
            Arrays.setAll(row, i -> row[i] / sum);
        }
        return chain;
    }

    private static String text(double[][] chain, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int last = random.nextInt(LETTERS);
        for (int i = 0; i < LENGTH; i++) {
            double left = random.nextDouble();
            int next = 0;
            while (next < LETTERS - 1 && (left -= chain[last][next]) > 0) {
                next++;
            }
            text.append((char) ('a' + next));
            last = next;
        }
        return text.toString();
    }

    /// The share of a's.
    static double worth(String text) {
        return text.chars().filter(c -> c == 'a').count() / (double) LENGTH;
    }

    static JsonObject row(String key, String value) {
        JsonObject row = new JsonObject();
        row.addProperty("prompt", PROMPT);
        row.addProperty(key, value);
        return row;
    }

    Path write(String name, List<JsonObject> rows) {
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(row).append('\n'));
        try {
            return Files.writeString(folder.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Pairs of the base's own texts, the worthier chosen but for a share of flipped labels.
    List<JsonObject> pairs(int wanted, long seed, double flipped) {
        SplittableRandom random = new SplittableRandom(seed);
        List<JsonObject> pairs = new ArrayList<>();
        while (pairs.size() < wanted) {
            List<String> texts = sample(base, 2 * (wanted - pairs.size()), random.nextLong());
            for (int i = 0; i + 1 < texts.size(); i += 2) {
                String one = texts.get(i);
                String other = texts.get(i + 1);
                if (worth(one) != worth(other)) {
                    boolean first = worth(one) > worth(other) ^ random.nextDouble() < flipped;
                    JsonObject row = row("chosen", first ? one : other);
                    row.addProperty("rejected", first ? other : one);
                    pairs.add(row);
                }
            }
        }
        return pairs;
    }

    Path train(
            String out,
            TrainingMethod method,
            Path model,
            Path data,
            Optional<Path> heldOut,
            Map<String, String> settings) {
        try (RunFolder run = RunFolder.open(folder.resolve(out), false, java.time.InstantSource.system())) {
            var inputs = new Trainer.Inputs(model, data, heldOut, TrainingSettings.of(method, settings));
            new Trainer(run, _ -> {}, () -> false).train(inputs);
            return run.model();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> sample(Path model, int texts, long seed) {
        Torch.RUNTIME.prepareThread();
        try (ModelFolder loaded = ModelFolder.load(Torch.RUNTIME, model)) {
            int[] prompt = new PassageTokeniser(loaded.tokenizer())
                    .pair(Passage.text(PROMPT), Passage.text("a"))
                    .prompt();
            Sampler sampler = Sampler.of(Torch.RUNTIME, loaded);
            List<String> written = new ArrayList<>();
            for (int from = 0; from < texts; from += 256) {
                List<SamplePrompt> prompts = IntStream.range(from, Math.min(texts, from + 256))
                        .mapToObj(i -> new SamplePrompt(prompt, seed + i))
                        .toList();
                for (Sample sample :
                        sampler.sample(prompts, new SamplingSettings(LENGTH + 4, 1, 0, 1), (_, _) -> {}, () -> false)) {
                    written.add(loaded.tokenizer().decode(sample.tokens()));
                }
            }
            return written;
        }
    }

    /// How often a policy's texts are worth more than the base's, ties half.
    double winRate(Path policy) {
        List<String> theirs = sample(policy, GAMES, 77);
        double wins = 0;
        for (int i = 0; i < GAMES; i++) {
            wins += 0.5 * (1 + Math.signum(worth(theirs.get(i)) - worth(opponents.get(i))));
        }
        return wins / GAMES;
    }

    /// Mean log-ratio of a policy's own texts to the base, in nats a text.
    double divergence(Path policy) {
        List<String> texts = sample(policy, 400, 79);
        double[] policySums = sums(policy, texts);
        double[] baseSums = sums(base, texts);
        return IntStream.range(0, texts.size())
                .mapToDouble(i -> policySums[i] - baseSums[i])
                .average()
                .orElseThrow();
    }

    /// Summed log-probability of each text and its end.
    double[] sums(Path model, List<String> texts) {
        Torch.RUNTIME.prepareThread();
        try (ModelFolder loaded = ModelFolder.load(Torch.RUNTIME, model)) {
            var tokeniser = new PassageTokeniser(loaded.tokenizer());
            return texts.stream().mapToDouble(sumOf(loaded.model(), tokeniser)).toArray();
        }
    }

    private static ToDoubleFunction<String> sumOf(LanguageModel model, PassageTokeniser tokeniser) {
        return text -> {
            PassageTokeniser.Pair pair = tokeniser.pair(Passage.text(PROMPT), Passage.text(text));
            int[] all = Example.joined(pair.prompt(), pair.completion());
            PackedSequences packed = PackedSequences.of(List.of(all));
            CompletionTokens tokens = CompletionTokens.of(packed, new int[] {pair.prompt().length});
            try (TensorScope scope = Torch.RUNTIME.scope().sub();
                    GradMode _ = GradMode.off()) {
                TrunkPass pass = model.trunk(scope, packed, tokens.places());
                float[] logProbs = model.logProbs(scope, pass, tokens.targets()).logProbs();
                return IntStream.range(0, logProbs.length)
                        .mapToDouble(i -> logProbs[i])
                        .sum();
            }
        };
    }
}
