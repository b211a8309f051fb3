package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.model.Head;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Takes some steps of a method on a fresh model and synthetic rows, with one technique changed, and says what they
/// took. The steps are those of a training run: the same objectives, passes and optimiser.
public final class StepBenchmark {
    private static final long SEED = 17;
    private static final double LEARNING_RATE = 1e-5;

    private final TorchRuntime runtime;
    private final ModelConfig config;
    private final TrainingSettings settings;
    private final Technique technique;
    private final int rows;

    /// @param shape of the model, with any head
    /// @param steps after a first one, which is not timed
    public StepBenchmark(
            TorchRuntime runtime, ModelConfig shape, TrainingMethod method, int batch, int steps, Technique technique) {
        this.runtime = runtime;
        this.config = shape.with(method == TrainingMethod.REWARD_MODEL ? Head.SCORE : Head.LANGUAGE);
        this.settings = TrainingSettings.of(method, Map.of("per_device_train_batch_size", "" + batch));
        this.technique = technique;
        this.rows = batch * (steps + 1);
    }

    /// What was found.
    ///
    /// @param losses      of every step
    /// @param tokens      a second, each sequence counted whole and without padding
    /// @param rows        a second
    /// @param processor   seconds of all processors, a step; what else a machine does hardly moves them
    /// @param utilisation the model's operations by TRL's formula, as a share of what matrix products reach here
    public record Found(List<Double> losses, double tokens, double rows, double processor, double utilisation) {}

    /// Call it on a thread made by [TorchRuntime#onTensorThread].
    public Found run() {
        try (LanguageModel model = fresh()) {
            model.trainable();
            if (technique != Technique.LIVE_REFERENCE) {
                return run(model, model);
            }
            try (LanguageModel frozen = fresh()) {
                return run(model, frozen);
            }
        }
    }

    private LanguageModel fresh() {
        LanguageModel model = LanguageModel.random(runtime, config, new SplittableRandom(SEED));
        technique.applyTo(model);
        return model;
    }

    private Found run(LanguageModel model, LanguageModel reference) {
        Objective objective = objective(model);
        Objective before = objective(reference);
        List<int[]> batches = IntStream.range(0, rows / settings.batchSize())
                .mapToObj(this::batch)
                .toList();
        Optimiser optimiser = optimiser(model);
        List<Double> losses = new ArrayList<>();
        if (reference == model) {
            objective.reference().ifPresent(own -> own.prepare(runtime.scope(), batches, () -> false));
        }
        long tokens = 0;
        long begun = 0;
        long processorBegun = 0;
        for (int[] batch : batches) {
            if (losses.size() == 1) { // the first step wakes everything
                begun = System.nanoTime();
                processorBegun = processorNanos();
                tokens = 0;
            }
            if (reference != model) {
                prepare(objective, before, batch);
            }
            tokens += step(objective, optimiser, batch, losses);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        double processor = (processorNanos() - processorBegun) / 1e9 / (losses.size() - 1);
        double sequences = (losses.size() - 1.0) * settings.batchSize() * sequencesPerRow();
        double operations = tokens * TrainingFlops.perToken(config, tokens / sequences);
        return new Found(
                losses,
                tokens / seconds,
                (losses.size() - 1.0) * settings.batchSize() / seconds,
                processor,
                operations / seconds / TrainingFlops.peak(runtime));
    }

    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private int[] batch(int number) {
        int size = settings.batchSize();
        return IntStream.range(number * size, (number + 1) * size).toArray();
    }

    /// Lets the frozen model say now what a training run has asked before its first step.
    private void prepare(Objective objective, Objective before, int[] batch) {
        ReferenceLogProbs live = before.reference().orElseThrow();
        live.prepare(runtime.scope(), List.of(batch), () -> false);
        objective.reference().orElseThrow().restore(live.json());
    }

    private long step(Objective objective, Optimiser optimiser, int[] batch, List<Double> losses) {
        Tally tally = new Tally();
        long tokens;
        try (TensorScope scope = runtime.scope().sub()) {
            tokens = objective.accumulate(scope, batch, objective.size(batch), tally);
        }
        optimiser.step(LEARNING_RATE);
        losses.add(tally.take().getOrDefault("loss", Double.NaN));
        return tokens;
    }

    private interface Optimiser {
        void step(double learningRate);
    }

    private Optimiser optimiser(LanguageModel model) {
        if (technique == Technique.PLAIN_ADAMW) {
            PlainAdamW plain = new PlainAdamW(runtime, model.parameters(), settings);
            return rate -> plain.step(rate, norm(plain.gradientNorms()));
        }
        AdamW fused = AdamW.fresh(runtime, model.parameters(), settings);
        return rate -> fused.step(rate, norm(fused.gradientNorms()));
    }

    private static double norm(float[] norms) {
        double squares = 0;
        for (float norm : norms) {
            squares += (double) norm * norm;
        }
        return Math.sqrt(squares);
    }

    private int sequencesPerRow() {
        return switch (settings.own()) {
            case SftSettings _, KtoSettings _ -> 1;
            case RewardSettings _, DpoSettings _, OrpoSettings _, CpoSettings _ -> 2;
        };
    }

    private Objective objective(LanguageModel model) {
        SyntheticRows synthetic = new SyntheticRows(SEED, config.vocabulary());
        return switch (settings.own()) {
            case SftSettings own -> new SftObjective(model, synthetic.texts(rows), List.of(), own.loss());
            case RewardSettings own -> new RewardObjective(model, synthetic.pairs(rows), List.of(), own);
            case DpoSettings own -> new DpoObjective(model, synthetic.pairs(rows), List.of(), own);
            case KtoSettings own ->
                new KtoObjective(
                        model, synthetic.labelled(rows), List.of(), own, settings.batchSize(), config.context());
            case OrpoSettings own -> new OrpoObjective(model, synthetic.pairs(rows), List.of(), own);
            case CpoSettings own -> new CpoObjective(model, synthetic.pairs(rows), List.of(), own);
        };
    }
}
