package dev.tiebreak.cli;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import dev.tiebreak.rlhf.trainer.ReferenceCache;
import dev.tiebreak.rlhf.trainer.RunFolder;
import dev.tiebreak.rlhf.trainer.Trainer;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Trains without the studio; the studio itself starts this command as a child process.
@Command(
        name = "train",
        description = "Trains a reward model (rm), a policy (dpo, kto, orpo, cpo, simpo), or on texts (sft).")
final class TrainCommand implements Callable<Integer> {
    /// As a shell reports a process that was interrupted.
    private static final int CANCELLED = 130;

    @Parameters(index = "0", paramLabel = "METHOD", description = "sft, rm, dpo, kto, orpo, cpo or simpo")
    String method = "";

    @Option(names = "--model", description = "Hugging Face folder to start from.")
    @Nullable
    Path model;

    @Option(
            names = "--data",
            description =
                    "JSONL of texts (sft), preference rows (rm, dpo, orpo, cpo, simpo), labelled completions or preference"
                            + " rows (kto), or ranked or rated completions (rm with loss_type k_wise, plackett_luce or"
                            + " regression); may be gzipped.")
    @Nullable
    Path data;

    @Option(names = "--eval", description = "Held-out rows of the same form.")
    @Nullable
    Path heldOut;

    @Option(names = "--out", required = true, description = "Run folder; the final model will lie in its model/.")
    Path out = Path.of("");

    @Option(
            names = "--reference-cache",
            description = "Folder in which dpo and kto keep the reference's log-probabilities for further runs.")
    @Nullable
    Path referenceCache;

    @Option(names = "--resume", description = "Go on from the newest checkpoint in the run folder.")
    boolean resume;

    @Option(names = "--set", paramLabel = "name=value", description = "A setting, named as in TRL; repeatable.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--ignore-memory", description = "Train even where the memory foretold is more than there is.")
    boolean ignoreMemory;

    @Option(names = "--json", description = "Print every logged row, and at the end the state, as a JSON object each.")
    boolean json;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        TrainingMethod chosen = TrainingMethod.named(method);
        TrainingSettings resolved = TrainingSettings.of(chosen, settings);
        if (!resume && (model == null || data == null)) {
            throw new CommandException("train needs --model and --data, or --resume");
        }
        if (resume && (model != null || data != null || heldOut != null || !settings.isEmpty())) {
            throw new CommandException(
                    "--resume goes on with the run's own model, rows and settings: leave out the rest");
        }
        try (RunFolder folder = RunFolder.open(out, resume, InstantSource.system())) {
            if (json) {
                folder.tellRows(this::print);
            }
            return train(folder, chosen, resolved);
        }
    }

    private void print(JsonObject row) {
        PrintWriter lines = Objects.requireNonNull(spec).commandLine().getOut();
        lines.println(row);
        lines.flush();
    }

    private int train(RunFolder folder, TrainingMethod chosen, TrainingSettings resolved) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.set(true); // SIGTERM or Ctrl+C: the step under way ends and a checkpoint is written
            awaitQuietly(done);
        }));
        Trainer trainer = new Trainer(
                        folder,
                        System.err::println,
                        stop::get,
                        Optional.ofNullable(referenceCache)
                                .map(cache -> new ReferenceCache(cache, InstantSource.system())))
                .ignoringMemory(ignoreMemory);
        try {
            boolean finished = TorchRuntime.onTensorThread("trainer", () -> {
                if (resume) {
                    return trainer.resume(chosen);
                }
                return trainer.train(new Trainer.Inputs(
                        Objects.requireNonNull(model),
                        Objects.requireNonNull(data),
                        Optional.ofNullable(heldOut),
                        resolved));
            });
            if (json) {
                JsonObject end = new JsonObject();
                end.addProperty("state", finished ? "finished" : "cancelled");
                end.addProperty("model", finished ? folder.model().toString() : null);
                print(end);
            }
            System.err.println(finished ? "Finished: " + folder.model() : "Cancelled: go on with --resume");
            return finished ? 0 : CANCELLED;
        } finally {
            done.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch done) {
        try {
            done.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
