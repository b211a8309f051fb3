package dev.tiebreak.rlhf.rollout;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.model.Head;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.rollout.Sample.Finish;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Writes completions token by token, with the keys and values of what was read kept in a cache.
///
/// Prompts of a batch are read in one pack; then each call into libtorch writes a few tokens for all rows that are not
/// finished. Between calls tokens are handed out, finished rows leave the batch, and a request to stop is heard.
/// Every row draws from a random stream of its own. Belongs to the model's thread.
public final class Sampler {
    /// Tokens per call: enough to make the call's own cost small, few enough to be read as they come.
    static final int CHUNK = 8;

    /// Hears what a row wrote since it was last told.
    @FunctionalInterface
    public interface Listener {
        void wrote(int row, int[] tokens);
    }

    private final TorchRuntime runtime;
    private final LanguageModel model;
    private final Set<Integer> stops;

    /// @param stops token ids that end a completion
    public Sampler(TorchRuntime runtime, LanguageModel model, Set<Integer> stops) {
        if (model.config().head() != Head.LANGUAGE) {
            throw new IllegalArgumentException("a model with a score head writes no tokens");
        }
        this.runtime = runtime;
        this.model = model;
        this.stops = Set.copyOf(stops);
    }

    /// @throws WrongInputException when the folder holds a reward model
    public static Sampler of(TorchRuntime runtime, ModelFolder folder) {
        if (folder.config().head() != Head.LANGUAGE) {
            throw new WrongInputException(
                    folder.folder().path() + " is a reward model, which scores completions and writes none");
        }
        return new Sampler(runtime, folder.model(), folder.tokenizer().stopIds());
    }

    /// One completion per prompt, in their order.
    ///
    /// @param cancelled asked between calls; rows unfinished then are [Finish#CANCELLED] with what they have
    /// @throws WrongInputException when a prompt is empty or leaves no room in the context
    public List<Sample> sample(
            List<SamplePrompt> prompts, SamplingSettings settings, Listener listener, BooleanSupplier cancelled) {
        prompts.forEach(this::requireRoom);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            rows.add(new Row(i, prompts.get(i), settings));
        }
        if (!rows.isEmpty()) {
            try (GradMode _ = GradMode.off();
                    TensorScope scope = runtime.scope().sub()) {
                writeAll(scope, new ArrayList<>(rows), settings, listener, cancelled);
                model.program().call(scope, "forget");
            }
        }
        return rows.stream().map(Row::sample).toList();
    }

    private void requireRoom(SamplePrompt prompt) {
        int context = model.config().context();
        if (prompt.tokens().length == 0) {
            throw new WrongInputException("the prompt is empty: there is nothing to continue");
        }
        if (prompt.tokens().length >= context) {
            throw new WrongInputException("the prompt has " + prompt.tokens().length
                    + " tokens, but the model reads at most " + context + " and needs room to answer");
        }
    }

    private void writeAll(
            TensorScope scope,
            List<Row> active,
            SamplingSettings settings,
            Listener listener,
            BooleanSupplier cancelled) {
        take(active, readPrompts(scope, active, settings), listener);
        while (dropFinished(scope, active)) {
            if (cancelled.getAsBoolean()) {
                active.forEach(row -> row.finish = Finish.CANCELLED);
                return;
            }
            take(active, write(scope, active, settings), listener);
        }
    }

    /// Fills the cache and draws each row's first token: `[1][rows]`.
    private long[][] readPrompts(TensorScope scope, List<Row> rows, SamplingSettings settings) {
        PackedSequences packed =
                PackedSequences.of(rows.stream().map(row -> row.prompt.tokens()).toList());
        int capacity = rows.stream()
                .mapToInt(row -> row.prompt.tokens().length + row.room)
                .max()
                .orElseThrow();
        int total = packed.tokens().length;
        try (TensorScope step = scope.sub()) {
            Tensor logits = model.program()
                    .call(
                            step,
                            "prefill",
                            step.longs(packed.tokens(), total),
                            step.longs(packed.positions(), total),
                            packed.boundaries(),
                            capacity);
            Tensor uniforms = step.floats(uniforms(rows, 1), rows.size());
            return new long[][] {
                model.program()
                        .call(
                                step,
                                "choose",
                                logits,
                                uniforms,
                                settings.temperature(),
                                settings.topK(),
                                settings.topP())
                        .longs()
            };
        }
    }

    /// The next tokens of all rows, `[tokens][rows]`.
    private long[][] write(TensorScope scope, List<Row> rows, SamplingSettings settings) {
        int count = rows.stream().mapToInt(Row::left).reduce(CHUNK, Math::min);
        long[] positions = rows.stream().mapToLong(Row::lastPosition).toArray();
        int used = (int) Arrays.stream(positions).max().orElseThrow() + 1;
        try (TensorScope step = scope.sub()) {
            long[] written = model.program()
                    .call(
                            step,
                            "continue_rows",
                            step.longs(rows.stream().mapToLong(Row::lastToken).toArray(), rows.size()),
                            step.longs(positions, rows.size()),
                            used,
                            step.floats(uniforms(rows, count), count, rows.size()),
                            settings.temperature(),
                            settings.topK(),
                            settings.topP())
                    .longs();
            long[][] tokens = new long[count][];
            for (int n = 0; n < count; n++) {
                tokens[n] = Arrays.copyOfRange(written, n * rows.size(), (n + 1) * rows.size());
            }
            return tokens;
        }
    }

    private static float[] uniforms(List<Row> rows, int count) {
        float[] uniforms = new float[count * rows.size()];
        for (int r = 0; r < rows.size(); r++) {
            for (int n = 0; n < count; n++) {
                uniforms[n * rows.size() + r] = rows.get(r).random.nextFloat();
            }
        }
        return uniforms;
    }

    private void take(List<Row> rows, long[][] tokens, Listener listener) {
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            int before = row.count;
            for (int n = 0; n < tokens.length && row.finish == null; n++) {
                row.add((int) tokens[n][r], stops);
            }
            if (row.count > before) {
                listener.wrote(row.index, Arrays.copyOfRange(row.tokens, before, row.count));
            }
        }
    }

    /// Takes finished rows out of the batch and its cache.
    ///
    /// @return whether any row is left
    private boolean dropFinished(TensorScope scope, List<Row> active) {
        List<Integer> kept = new ArrayList<>();
        for (int r = 0; r < active.size(); r++) {
            if (active.get(r).finish == null) {
                kept.add(r);
            }
        }
        if (kept.size() < active.size() && !kept.isEmpty()) {
            try (TensorScope step = scope.sub()) {
                long[] rows = kept.stream().mapToLong(Integer::longValue).toArray();
                model.program().call(step, "keep", step.longs(rows, rows.length));
            }
        }
        active.removeIf(row -> row.finish != null);
        return !active.isEmpty();
    }

    private final class Row {
        final int index;
        final SamplePrompt prompt;
        final SplittableRandom random;
        final int room;
        final int[] tokens;
        int count;

        @Nullable
        Finish finish;

        Row(int index, SamplePrompt prompt, SamplingSettings settings) {
            this.index = index;
            this.prompt = prompt;
            this.random = new SplittableRandom(prompt.seed());
            this.room = Math.min(settings.maxNewTokens(), model.config().context() - prompt.tokens().length);
            this.tokens = new int[room];
        }

        void add(int token, Set<Integer> stopTokens) {
            if (stopTokens.contains(token)) {
                finish = Finish.STOP;
                return;
            }
            tokens[count++] = token;
            if (count == room) {
                finish = Finish.LENGTH;
            }
        }

        int left() {
            return room - count;
        }

        int lastToken() {
            return tokens[count - 1];
        }

        /// Where the last token stands: it is written, but not read yet.
        int lastPosition() {
            return prompt.tokens().length + count - 1;
        }

        Sample sample() {
            return new Sample(Arrays.copyOf(tokens, count), Objects.requireNonNull(finish));
        }
    }
}
