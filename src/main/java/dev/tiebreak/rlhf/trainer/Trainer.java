package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.model.ModelSize;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Carries a run from its files to its final model: reads rows, loads the model, trains, and tells the run folder
/// how it ended.
public final class Trainer {
    private final RunFolder folder;
    private final Consumer<String> progress;
    private final BooleanSupplier cancelled;
    private final Optional<ReferenceCache> cache;
    private boolean ignoringMemory;
    private OptionalLong freeOnDevice = OptionalLong.empty();

    /// @param progress  hears a line now and then
    /// @param cancelled asked before every step
    public Trainer(RunFolder folder, Consumer<String> progress, BooleanSupplier cancelled) {
        this(folder, progress, cancelled, Optional.empty());
    }

    /// @param cache where what the reference says is looked for first, and kept
    public Trainer(
            RunFolder folder, Consumer<String> progress, BooleanSupplier cancelled, Optional<ReferenceCache> cache) {
        this.folder = folder;
        this.progress = progress;
        this.cancelled = cancelled;
        this.cache = cache;
    }

    /// Lets runs begin that will not fit into the memory there is.
    public Trainer ignoringMemory(boolean whether) {
        ignoringMemory = whether;
        return this;
    }

    /// What a run is made of.
    ///
    /// @param heldOut rows to evaluate on
    public record Inputs(Path model, Path data, Optional<Path> heldOut, TrainingSettings settings) {}

    /// Starts a run. Call it on a thread made by [TorchRuntime#onTensorThread].
    ///
    /// @return false when it was cancelled
    public boolean train(Inputs inputs) throws IOException {
        return guarded(() -> {
            if (inputs.settings.lora().isPresent() && ModelFolder.isAdapter(inputs.model)) {
                throw new WrongInputException(
                        inputs.model + " is an adapter already: without use_peft its training goes"
                                + " on, and 'tiebreak convert' makes a whole model of it to begin another on");
            }
            try (TorchRuntime runtime = TorchRuntime.start(progress)) {
                writeRun(inputs, runtime);
                return train(runtime, inputs, Optional.empty());
            }
        });
    }

    /// Goes on with the run in the folder from its newest checkpoint, or from the start where there is none.
    ///
    /// @param method must be the run's own
    public boolean resume(TrainingMethod method) throws IOException {
        Inputs inputs = inputs(folder.run());
        if (inputs.settings.method() != method) {
            throw new WrongInputException(folder.path() + " holds a run of "
                    + inputs.settings.method().command() + ", not of " + method.command());
        }
        return guarded(() -> {
            try (TorchRuntime runtime = TorchRuntime.start(progress)) {
                JsonObject run = folder.run();
                requireSame(run, "data_sha256", inputs.data);
                if (inputs.heldOut.isPresent()) {
                    requireSame(run, "eval_sha256", inputs.heldOut.get());
                }
                Optional<Path> checkpoint = folder.newestCheckpoint();
                if (checkpoint.isEmpty()
                        || ModelFolder.isAdapter(checkpoint.get())
                        || inputs.settings.klSamples() > 0) {
                    requireSameModel(run, inputs.model);
                }
                if (checkpoint.isEmpty()) {
                    folder.keepMetricsUpTo(-1);
                }
                progress.accept(checkpoint
                        .map(from -> "Resuming from " + from.getFileName())
                        .orElse("There is no checkpoint yet: starting anew"));
                return train(runtime, inputs, checkpoint);
            }
        });
    }

    private interface Work {
        boolean run() throws IOException;
    }

    private boolean guarded(Work work) throws IOException {
        folder.writeStatus(new RunFolder.Status("preparing", 0, 0, "", "", Optional.empty()));
        try {
            return work.run();
        } catch (WrongInputException e) {
            writeFailure(String.valueOf(e.getMessage()), e);
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            writeFailure(e.toString().lines().findFirst().orElse("unknown"), e);
            throw e;
        }
    }

    /// Where not even that can be written, the failure itself is what a person must hear of.
    private void writeFailure(String message, Throwable failure) {
        try {
            folder.writeFailure(message);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private boolean train(TorchRuntime runtime, Inputs inputs, Optional<Path> checkpoint) throws IOException {
        Path start = checkpoint.orElse(inputs.model);
        TrainingSettings settings = inputs.settings;
        checkMemoryForWeights(runtime, inputs);
        try (ModelFolder model = ModelFolder.loadToTrain(
                runtime,
                start,
                settings.method() == TrainingMethod.REWARD_MODEL,
                checkpoint.isEmpty() ? settings.lora() : Optional.empty(),
                new SplittableRandom(settings.seed()))) {
            Objectives.Prepared prepared = Objectives.of(model, inputs, progress);
            System.gc(); // the arrays in which weights and rows came; the heap gives their memory back
            TrainingRun run = new TrainingRun(
                    runtime,
                    model,
                    prepared.objective(),
                    settings,
                    folder,
                    aids(runtime, inputs, model, prepared.heldOutPrompts()),
                    checkpoint,
                    cancelled);
            try {
                progress.accept("Training %s for %d steps on %s (%s)"
                        .formatted(
                                settings.method().command() + (model.hasAdapter() ? " with an adapter" : ""),
                                run.totalSteps(),
                                runtime.device().name(),
                                runtime.device().reason()));
                checkMemory(runtime, model.model(), settings, run.heaviestLoad());
                boolean finished = run.run();
                tellPeak();
                return finished;
            } finally {
                run.close();
            }
        }
    }

    private TrainingRun.Aids aids(TorchRuntime runtime, Inputs inputs, ModelFolder model, List<int[]> heldOut) {
        TrainingSettings settings = inputs.settings;
        List<int[]> prompts = SampledDivergence.prompts(
                heldOut, settings.klSamples(), model.config().context());
        if (settings.klSamples() > 0 && prompts.isEmpty()) {
            progress.accept("eval_kl_samples: there are no held-out prompts to write for, so nothing is compared");
        }
        return new TrainingRun.Aids(
                cache.map(kept -> kept.telling(progress)),
                prompts.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SampledDivergence(
                                runtime,
                                model,
                                () -> ModelFolder.load(runtime, inputs.model),
                                prompts,
                                settings.klTokens(),
                                settings.seed())));
    }

    /// Whether the weights and what learns will fit, before they are loaded.
    private void checkMemoryForWeights(TorchRuntime runtime, Inputs inputs) {
        ModelSize size = ModelSize.of(ModelFolder.whole(inputs.model));
        require(runtime, MemoryCheck.before(size, inputs.settings));
    }

    private void checkMemory(TorchRuntime runtime, LanguageModel model, TrainingSettings settings, StepLoad heaviest) {
        ModelSize size = new ModelSize(numbers(model.weights()), model.config());
        MemoryCheck check = new MemoryCheck(size, numbers(model.parameters()), settings, heaviest);
        progress.accept("Memory: " + check.forecast().text());
        require(runtime, check);
    }

    private static long numbers(Map<String, Tensor> tensors) {
        return tensors.values().stream().mapToLong(Tensor::size).sum();
    }

    private void require(TorchRuntime runtime, MemoryCheck check) {
        OptionalLong room = room(runtime);
        if (room.isPresent() && !ignoringMemory) {
            check.require(room.getAsLong());
        }
    }

    /// What the run may have in all. A device is asked once, before anything of the run lies on it.
    private OptionalLong room(TorchRuntime runtime) {
        if (!runtime.device().isCuda()) {
            return HostMemory.room();
        }
        if (freeOnDevice.isEmpty()) {
            freeOnDevice = runtime.freeDeviceMemory();
        }
        return freeOnDevice;
    }

    private void tellPeak() {
        HostMemory.peak()
                .ifPresent(bytes ->
                        progress.accept(String.format(Locale.ROOT, "Memory at its peak: %.3f GB", bytes / 1e9)));
    }

    private void writeRun(Inputs inputs, TorchRuntime runtime) throws IOException {
        JsonObject run = new JsonObject();
        run.addProperty("method", inputs.settings.method().command());
        run.addProperty("model", inputs.model.toAbsolutePath().toString());
        run.addProperty("model_sha256", ModelFolder.sha256(inputs.model));
        run.addProperty("data", inputs.data.toAbsolutePath().toString());
        run.addProperty("data_sha256", sha256(inputs.data));
        if (inputs.heldOut.isPresent()) {
            run.addProperty("eval", inputs.heldOut.get().toAbsolutePath().toString());
            run.addProperty("eval_sha256", sha256(inputs.heldOut.get()));
        }
        run.add("settings", inputs.settings.json());
        run.addProperty("device", runtime.device().name());
        run.addProperty(
                "code_version",
                Optional.ofNullable(Trainer.class.getPackage().getImplementationVersion())
                        .orElse("development"));
        folder.writeRun(run);
    }

    private static Inputs inputs(JsonObject run) {
        TrainingMethod method = TrainingMethod.named(run.get("method").getAsString());
        return new Inputs(
                Path.of(run.get("model").getAsString()),
                Path.of(run.get("data").getAsString()),
                Optional.ofNullable(run.get("eval")).map(file -> Path.of(file.getAsString())),
                TrainingSettings.of(method, run.getAsJsonObject("settings")));
    }

    private static void requireSame(JsonObject run, String key, Path file) throws IOException {
        if (!run.get(key).getAsString().equals(sha256(file))) {
            throw new WrongInputException(
                    file + " has changed since the run began; a run goes on only with its own rows");
        }
    }

    private static void requireSameModel(JsonObject run, Path model) throws IOException {
        if (!run.get("model_sha256").getAsString().equals(ModelFolder.sha256(model))) {
            throw new WrongInputException(
                    model + " has changed since the run began; a run goes on only with its own model");
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchFileException e) {
            throw new WrongInputException(file + ": no such file", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
