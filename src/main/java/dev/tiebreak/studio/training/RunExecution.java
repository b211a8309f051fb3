package dev.tiebreak.studio.training;

import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.preference.DatasetVersion;
import dev.tiebreak.studio.preference.PreferenceService;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointKind;
import dev.tiebreak.studio.registry.CheckpointService;
import dev.tiebreak.studio.registry.EngineJvm;
import dev.tiebreak.studio.registry.NewCheckpoint;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Carries one attempt of a run from the queue to its end: finds or starts the trainer's process, watches it, and
/// keeps how it ended. Killed at any moment, it can be called again and goes on.
@Component
class RunExecution {
    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);
    private static final Set<String> OF_THE_RUN =
            Set.of("step", "epoch", "learning_rate", "grad_norm", "num_tokens", "tokens_per_second");
    private static final Duration GLANCE = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(75); // the trainer itself gives up after 60

    private final TrainingRuns runs;
    private final RunFolders folders;
    private final PreferenceService preferences;
    private final CheckpointService checkpoints;
    private final EngineJvm engine;
    private final TransactionTemplate transactions;

    RunExecution(
            TrainingRuns runs,
            RunFolders folders,
            PreferenceService preferences,
            CheckpointService checkpoints,
            EngineJvm engine,
            TransactionTemplate transactions) {
        this.runs = runs;
        this.folders = folders;
        this.preferences = preferences;
        this.checkpoints = checkpoints;
        this.engine = engine;
        this.transactions = transactions;
    }

    /// @param stopping whether the studio is about to stop
    /// @return whether the attempt is over; otherwise it is to be carried on at the next start
    boolean carryOut(Attempt attempt, BooleanSupplier stopping) throws InterruptedException {
        if (!runs.claim(attempt)) {
            return true; // cancelled while it waited
        }
        TrainingRun run = runs.find(attempt.run()).orElseThrow();
        actFor(run.createdBy());
        try {
            return carryOut(run, folders.of(run.id()), stopping);
        } catch (IOException | RuntimeException e) {
            LOG.error("Run {} cannot go on", run.id().value(), e);
            runs.end(run.id(), TrainingState.INTERRUPTED, "The studio could not carry the run on: " + e);
            return true;
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    /// What the run does, it does in the name of whoever started it.
    private static void actFor(String engineer) {
        SecurityContextHolder.setContext(new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                engineer, "", AuthorityUtils.createAuthorityList("ROLE_" + Role.Names.ML_ENGINEER))));
    }

    private boolean carryOut(TrainingRun run, RunFiles files, BooleanSupplier stopping)
            throws IOException, InterruptedException {
        Optional<Trainer> left = runs.trainer(run.id()).map(Trainer::adopted);
        if (left.isEmpty() && files.hasFinished()) {
            finish(run, files);
            return true;
        }
        if (left.isEmpty() && run.state() == TrainingState.CANCELLING) {
            runs.end(run.id(), TrainingState.CANCELLED, null);
            return true;
        }
        Trainer trainer = left.isPresent() ? left.get() : start(run, files);
        watch(run.id(), files, trainer, stopping);
        return conclude(run, files, trainer, stopping);
    }

    private Trainer start(TrainingRun run, RunFiles files) throws IOException {
        files.prepare();
        Redirect log = Redirect.appendTo(files.log().toFile());
        Process process = engine.start(arguments(run, files), Redirect.PIPE, log, log);
        process.getOutputStream().close(); // it reads nothing
        runs.trainedBy(run.id(), process.toHandle());
        return Trainer.started(process);
    }

    private List<String> arguments(TrainingRun run, RunFiles files) {
        List<String> arguments =
                new ArrayList<>(List.of("train", run.settings().method().command()));
        arguments.addAll(List.of("--out", files.folder().toString()));
        arguments.addAll(List.of("--reference-cache", folders.referenceCache().toString()));
        if (files.hasBegun()) {
            arguments.add("--resume");
            return arguments;
        }
        DatasetVersion version = preferences.find(run.datasetVersion()).orElseThrow();
        Checkpoint base = checkpoints.find(run.base()).orElseThrow();
        arguments.addAll(List.of(
                "--model", base.folder().toString(), "--data", version.train().toString()));
        if (version.counts().testPairs() > 0) {
            arguments.addAll(List.of("--eval", version.test().toString()));
        }
        run.settings()
                .json()
                .asMap()
                .forEach((name, value) ->
                        arguments.addAll(List.of("--set", name + "=" + ((JsonPrimitive) value).getAsString())));
        return arguments;
    }

    private void watch(TrainingRunId id, RunFiles files, Trainer trainer, BooleanSupplier stopping)
            throws IOException, InterruptedException {
        while (!trainer.awaitEnd(GLANCE)) {
            keepProgress(id, files, trainer);
            if (stopping.getAsBoolean()) {
                stop(trainer);
                break;
            }
            if (runs.find(id).orElseThrow().state() == TrainingState.CANCELLING) {
                files.askToCancel();
            }
        }
        keepProgress(id, files, trainer);
    }

    private void keepProgress(TrainingRunId id, RunFiles files, Trainer trainer) {
        files.status()
                .filter(trainer::wrote)
                .filter(RunStatus::countsSteps)
                .ifPresent(status -> runs.progress(id, status));
    }

    private static void stop(Trainer trainer) throws InterruptedException {
        trainer.askToEnd();
        if (!trainer.awaitEnd(PATIENCE)) {
            trainer.kill();
            trainer.awaitEnd(PATIENCE);
        }
    }

    private boolean conclude(TrainingRun run, RunFiles files, Trainer trainer, BooleanSupplier stopping)
            throws InterruptedException {
        Optional<RunStatus> last = files.status().filter(trainer::wrote);
        boolean cancelling = runs.find(run.id()).orElseThrow().state() == TrainingState.CANCELLING;
        if (files.hasFinished()) {
            finish(run, files);
        } else if (last.filter(status -> status.state().equals("failed")).isPresent()) {
            runs.end(run.id(), TrainingState.FAILED, last.get().message().orElse("without a reason"));
        } else if (cancelling) {
            runs.end(run.id(), TrainingState.CANCELLED, null);
        } else if (stopping.getAsBoolean() || trainer.wasAskedToEnd() && stopsSoon(stopping)) {
            runs.backToQueue(run.id(), "The studio was stopped; the run goes on when it starts again.");
            return false;
        } else {
            Obituary end = Obituary.of(trainer.exitCode(), files.lastLogLines(20));
            runs.end(run.id(), end.state(), end.message());
        }
        return true;
    }

    /// Ctrl+C in a terminal reaches trainer and studio at once, and the trainer may be the first to end.
    private static boolean stopsSoon(BooleanSupplier stopping) throws InterruptedException {
        for (int i = 0; i < 20 && !stopping.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        return stopping.getAsBoolean();
    }

    /// The model enters the registry in the same transaction in which the run is over.
    private void finish(TrainingRun run, RunFiles files) {
        transactions.executeWithoutResult(_ -> {
            if (runs.end(run.id(), TrainingState.FINISHED, null)) {
                Checkpoint checkpoint = checkpoints.register(result(run, files));
                runs.keepResult(run.id(), checkpoint.id());
            }
        });
    }

    private static NewCheckpoint result(TrainingRun run, RunFiles files) {
        return new NewCheckpoint(
                run.name(),
                run.settings().method() == TrainingMethod.REWARD_MODEL
                        ? CheckpointKind.REWARD_MODEL
                        : CheckpointKind.POLICY,
                files.model(),
                Optional.of(run.base()),
                Optional.of(run.datasetVersion()),
                Optional.of(run.id().value()),
                lastMetrics(files));
    }

    /// Held-out figures first; what tells of the run and not of the model is left out.
    private static Map<String, Double> lastMetrics(RunFiles files) {
        Map<String, Double> latest = MetricsFile.latest(files.metrics());
        Map<String, Double> metrics = new LinkedHashMap<>();
        latest.forEach((metric, value) -> {
            if (metric.startsWith("eval_") && Double.isFinite(value)) {
                metrics.put(metric, value);
            }
        });
        latest.forEach((metric, value) -> {
            if (!OF_THE_RUN.contains(metric) && Double.isFinite(value)) {
                metrics.putIfAbsent(metric, value);
            }
        });
        return metrics;
    }
}
