package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrittenAside;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.Batches;
import dev.tiebreak.rlhf.model.LoraConfig;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// The loop that every method shares: batches, optimiser steps, logged rows, evaluations, checkpoints, cancelling.
///
/// Everything a step depends on is a function of the settings, the rows and the step's number, or lies in the
/// checkpoint; so a resumed run logs the rows the unbroken one would have logged, bit by bit on the CPU.
final class TrainingRun {
    /// Held-out rows that are scored at a time.
    static final int EVALUATION_BATCH = 16;

    private final TorchRuntime runtime;
    private final ModelFolder model;
    private final Objective objective;
    private final TrainingSettings settings;
    private final RunFolder folder;
    private final Aids aids;
    private final BooleanSupplier cancelled;

    private final int stepsPerEpoch;
    private final int totalSteps;
    private final Schedule schedule;
    private final AdamW optimiser;

    private int step;
    private long tokens;
    private int[] order = new int[0];
    private int orderedEpoch = -1;
    private boolean fresh = true;
    private boolean evaluationDue;
    private double bestHeldOutLoss = Double.POSITIVE_INFINITY;
    private int evaluationsSinceBest;
    private Tally tally = new Tally();
    private long lastStatusNanos;
    private long lastRowNanos = System.nanoTime();
    private long lastRowTokens;

    /// What a run may have beside.
    ///
    /// @param cache      where what the reference says is looked for first, and kept
    /// @param divergence asked at every evaluation
    record Aids(Optional<ReferenceCache> cache, Optional<SampledDivergence> divergence) {}

    TrainingRun(
            TorchRuntime runtime,
            ModelFolder model,
            Objective objective,
            TrainingSettings settings,
            RunFolder folder,
            Aids aids,
            Optional<Path> checkpoint,
            BooleanSupplier cancelled) {
        this.runtime = runtime;
        this.model = model;
        this.objective = objective;
        this.settings = settings;
        this.folder = folder;
        this.aids = aids;
        this.cancelled = cancelled;
        this.stepsPerEpoch = Math.ceilDiv(objective.rows(), settings.rowsPerStep());
        int all = Math.max(1, (int) Math.ceil(stepsPerEpoch * settings.epochs()));
        this.totalSteps = settings.maxSteps() > 0 ? Math.min(all, settings.maxSteps()) : all;
        this.evaluationDue = objective.heldOut() > 0;
        this.schedule = Schedule.of(settings, totalSteps);
        model.model().trainable().recomputing(settings.recomputing());
        this.optimiser = checkpoint
                .map(from -> AdamW.resumed(
                        runtime,
                        model.model().parameters(),
                        settings,
                        RunFolder.stepOf(from),
                        from.resolve("optimizer.safetensors")))
                .orElseGet(() -> AdamW.fresh(runtime, model.model().parameters(), settings));
        checkpoint.ifPresent(this::restore);
    }

    int totalSteps() {
        return totalSteps;
    }

    /// Of the batch that asks most of the trunk, in all the epochs there will be.
    StepLoad heaviestLoad() {
        StepLoad[] loads = IntStream.range(0, objective.rows())
                .mapToObj(row -> StepLoad.of(objective.packed(new int[] {row})))
                .toArray(StepLoad[]::new);
        return IntStream.range(0, totalSteps)
                .mapToObj(this::batchesOf)
                .flatMap(List::stream)
                .map(rows -> Arrays.stream(rows).mapToObj(row -> loads[row]).reduce(StepLoad.NONE, StepLoad::plus))
                .max(Comparator.comparingDouble(StepLoad::rows))
                .orElse(StepLoad.NONE);
    }

    /// Trains to the end, or until cancelled. The final model lies in the run folder when this returns true.
    ///
    /// @return false when it was cancelled; a checkpoint was written then, but for one before the first step was
    ///         prepared
    boolean run() {
        requireFiniteWeights();
        if (fresh) {
            status("preparing", true);
            Optional<ReferenceLogProbs> reference = objective.reference();
            if (reference.isPresent() && !prepare(reference.get())) {
                status("cancelled", true);
                return false;
            }
        }
        evaluate();
        status("running", true);
        while (step < totalSteps && !stopRequested() && !learnsNoMore()) {
            takeStep();
            boolean last = step == totalSteps;
            if (step % settings.loggingSteps() == 0 || step == 1 || last) {
                log();
            }
            evaluationDue = objective.heldOut() > 0 && (step % everyTenth(settings.evalSteps()) == 0 || last);
            evaluate();
            if (step % everyTenth(settings.saveSteps()) == 0 && !last) {
                save();
            }
            status("running", false);
        }
        if (step < totalSteps && !learnsNoMore() || evaluationDue) {
            save();
            status("cancelled", true);
            return false;
        }
        saveModel(
                objective.rewardSpread(runtime.scope()).map(RewardSpread::json).orElseGet(JsonObject::new));
        status("finished", true);
        return true;
    }

    private boolean prepare(ReferenceLogProbs reference) {
        List<int[]> batches = firstEpoch();
        if (aids.cache.isEmpty()) {
            return reference.prepare(runtime.scope(), batches, this::stopRequested);
        }
        JsonObject run = folder.run();
        String model = run.get("model_sha256").getAsString() + " on "
                + runtime.device().name() + " by " + run.get("code_version").getAsString()
                + (settings.lora().filter(LoraConfig::dora).isPresent() ? " with row norms" : "");
        String key = reference.key(model, batches);
        Optional<JsonObject> kept = aids.cache.get().find(key);
        if (kept.isPresent() && reference.take(kept.get(), runtime.scope(), batches)) {
            return true;
        }
        boolean whole = reference.prepare(runtime.scope(), batches, this::stopRequested);
        if (whole) {
            aids.cache.get().put(key, reference.json());
        }
        return whole;
    }

    /// Whether the held-out loss has not become better for as many evaluations as the settings have patience for.
    private boolean learnsNoMore() {
        return settings.patience() > 0 && evaluationsSinceBest >= settings.patience();
    }

    private boolean stopRequested() {
        return cancelled.getAsBoolean() || folder.cancelRequested();
    }

    private int everyTenth(int chosen) {
        return chosen > 0 ? chosen : Math.max(1, Math.ceilDiv(totalSteps, 10));
    }

    private void takeStep() {
        List<int[]> batches = batchesOf(step);
        StepSize size = batches.stream().map(objective::size).reduce(StepSize.NONE, StepSize::plus);
        for (int[] rows : batches) {
            try (TensorScope scope = runtime.scope().sub()) {
                tokens += objective.accumulate(scope, rows, size, tally);
            }
        }
        double norm = requireFiniteGradients();
        double learningRate = schedule.at(step);
        optimiser.step(learningRate, norm);
        tally.add("grad_norm", norm);
        tally.add("learning_rate", learningRate);
        step++;
    }

    /// The batches of one optimiser step; a step never spans two epochs.
    private List<int[]> batchesOf(int number) {
        int epoch = number / stepsPerEpoch;
        int from = (number % stepsPerEpoch) * settings.rowsPerStep();
        if (epoch != orderedEpoch) {
            order = Batches.shuffled(objective.rows(), settings.seed(), epoch);
            orderedEpoch = epoch;
        }
        int to = Math.min(order.length, from + settings.rowsPerStep());
        return Batches.of(Arrays.copyOfRange(order, from, to), settings.batchSize());
    }

    private List<int[]> firstEpoch() {
        return IntStream.range(0, Math.min(stepsPerEpoch, totalSteps))
                .mapToObj(this::batchesOf)
                .flatMap(List::stream)
                .toList();
    }

    private double requireFiniteGradients() {
        float[] norms = optimiser.gradientNorms();
        double squares = 0;
        for (int i = 0; i < norms.length; i++) {
            if (!Float.isFinite(norms[i])) {
                throw new TrainingFailedException("step " + (step + 1) + ": the gradient of "
                        + optimiser.names().get(i) + " is not finite; a lower learning_rate or max_grad_norm may help");
            }
            squares += (double) norms[i] * norms[i];
        }
        return Math.sqrt(squares);
    }

    private void requireFiniteWeights() {
        float[] norms = optimiser.weightNorms();
        for (int i = 0; i < norms.length; i++) {
            if (!Float.isFinite(norms[i])) {
                throw new TrainingFailedException("the model cannot be trained: "
                        + optimiser.names().get(i) + " holds numbers that are not finite");
            }
        }
    }

    private void log() {
        JsonObject row = row();
        tally.take().forEach(row::addProperty);
        row.addProperty("num_tokens", tokens);
        long now = System.nanoTime();
        row.addProperty(
                "tokens_per_second", Math.round((tokens - lastRowTokens) * 1e9 / Math.max(1, now - lastRowNanos)));
        lastRowNanos = now;
        lastRowTokens = tokens;
        folder.appendMetrics(row);
    }

    /// Scores the held-out rows where that is due. Asked to stop, it leaves that to the run that goes on from here.
    private void evaluate() {
        if (!evaluationDue) {
            return;
        }
        Tally held = new Tally();
        for (int[] rows : evaluationBatches(objective.heldOut())) {
            if (stopRequested()) {
                return;
            }
            try (TensorScope scope = runtime.scope().sub()) {
                objective.evaluate(scope, rows, held);
            }
        }
        if (aids.divergence.isPresent() && !aids.divergence.get().count(step, held, this::stopRequested)) {
            return;
        }
        JsonObject row = row();
        Map<String, Double> means = held.take();
        means.forEach((metric, value) -> row.addProperty("eval_" + metric, value));
        folder.appendMetrics(row);
        judge(means.getOrDefault("loss", Double.NaN));
        evaluationDue = false;
    }

    private void judge(double heldOutLoss) {
        if (heldOutLoss < bestHeldOutLoss) {
            bestHeldOutLoss = heldOutLoss;
            evaluationsSinceBest = 0;
        } else {
            evaluationsSinceBest++;
        }
    }

    static List<int[]> evaluationBatches(int rows) {
        return Batches.of(IntStream.range(0, rows).toArray(), EVALUATION_BATCH);
    }

    private JsonObject row() {
        JsonObject row = new JsonObject();
        row.addProperty("step", step);
        row.addProperty("epoch", Math.round(1e4 * step / stepsPerEpoch) / 1e4);
        return row;
    }

    private void saveModel(JsonObject facts) {
        try {
            if (model.hasAdapter()) {
                model.saveAdapter(folder.adapter());
            }
            model.save(folder.model(), facts);
        } catch (IOException e) {
            throw cannotWrite(folder.model(), e);
        }
    }

    private void save() {
        try {
            WrittenAside.writeFolder(folder.checkpoint(step), into -> {
                model.saveInto(into);
                optimiser.save(into.resolve("optimizer.safetensors"));
                JsonFile.write(into.resolve("trainer_state.json"), state());
            });
            folder.dropOldCheckpoints();
        } catch (IOException e) {
            throw cannotWrite(folder.checkpoint(step), e);
        }
    }

    private WrongInputException cannotWrite(Path target, IOException problem) {
        String past = folder.newestCheckpoint()
                .map(newest -> newest.getFileName() + " is whole, and --resume goes on from it")
                .orElse("there is no checkpoint yet");
        return new WrongInputException(target + " cannot be written: " + problem.getMessage() + "; " + past, problem);
    }

    private JsonObject state() {
        JsonObject state = new JsonObject();
        state.addProperty("global_step", step);
        state.addProperty("num_tokens", tokens);
        state.addProperty("evaluation_due", evaluationDue);
        state.addProperty("best_held_out_loss", "" + bestHeldOutLoss);
        state.addProperty("evaluations_since_best", evaluationsSinceBest);
        state.add("tally", tally.json());
        objective.reference().ifPresent(reference -> state.add("reference", reference.json()));
        return state;
    }

    private void restore(Path checkpoint) {
        JsonObject state = JsonFile.read(checkpoint.resolve("trainer_state.json"));
        fresh = false;
        step = state.get("global_step").getAsInt();
        evaluationDue = state.get("evaluation_due").getAsBoolean();
        tokens = state.get("num_tokens").getAsLong();
        lastRowTokens = tokens;
        bestHeldOutLoss = state.get("best_held_out_loss").getAsDouble();
        evaluationsSinceBest = state.get("evaluations_since_best").getAsInt();
        tally = Tally.of(state.getAsJsonObject("tally"));
        objective.reference().ifPresent(reference -> reference.restore(state.getAsJsonObject("reference")));
        folder.keepMetricsUpTo(step);
    }

    private void status(String state, boolean now) {
        long nanos = System.nanoTime();
        if (now || nanos - lastStatusNanos > 500_000_000L) {
            lastStatusNanos = nanos;
            folder.writeStatus(new RunFolder.Status(
                    state,
                    step,
                    totalSteps,
                    runtime.device().name(),
                    runtime.device().reason(),
                    Optional.empty()));
        }
    }

    void close() {
        optimiser.close();
    }
}
