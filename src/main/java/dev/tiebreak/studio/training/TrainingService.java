package dev.tiebreak.studio.training;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.studio.account.AuditLog;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.preference.DatasetVersion;
import dev.tiebreak.studio.preference.PreferenceService;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointKind;
import dev.tiebreak.studio.registry.CheckpointService;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Queues training runs, cancels and resumes them, and tells how they stand.
@Service
@Transactional(readOnly = true)
@RolesAllowed({Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
public class TrainingService {
    private final TrainingRuns runs;
    private final TrainingQueue queue;
    private final RunFolders folders;
    private final PreferenceService preferences;
    private final CheckpointService checkpoints;
    private final CurrentAccount current;
    private final AuditLog audit;

    TrainingService(
            TrainingRuns runs,
            TrainingQueue queue,
            RunFolders folders,
            PreferenceService preferences,
            CheckpointService checkpoints,
            CurrentAccount current,
            AuditLog audit) {
        this.runs = runs;
        this.queue = queue;
        this.folders = folders;
        this.preferences = preferences;
        this.checkpoints = checkpoints;
        this.current = current;
        this.audit = audit;
    }

    /// Queues a run.
    ///
    /// @throws WrongInputException saying in one line what cannot be trained on, or from
    /// @throws NoSuchElementException when there is no such dataset version or checkpoint
    @Transactional
    public TrainingRun start(NewTrainingRun wanted) {
        DatasetVersion version = preferences.find(wanted.datasetVersion()).orElseThrow();
        Checkpoint base = checkpoints.find(wanted.base()).orElseThrow();
        if (version.counts().trainPairs() == 0) {
            throw new WrongInputException("This dataset version has no pairs for training.");
        }
        if (!basesFor(wanted.settings().method()).contains(base)) {
            throw new WrongInputException(
                    MethodText.of(wanted.settings().method()).withArticle() + " cannot start from " + base.name()
                            + ", a " + base.kind().label() + ".");
        }
        TrainingRunId id = runs.insert(wanted, version.sha256(), codeVersion(), current.actor());
        queue.add(new Attempt(id, 1));
        audit.record("training.start", wanted.name(), "run " + id.value() + " on dataset " + version.sha256());
        return runs.find(id).orElseThrow();
    }

    /// Models that a method can start from, the newest first: a policy needs a language model, a reward model may
    /// also go on from a reward model.
    public List<Checkpoint> basesFor(TrainingMethod method) {
        return Stream.concat(
                        checkpoints.ofKind(CheckpointKind.BASE).stream(),
                        Stream.concat(
                                checkpoints.ofKind(CheckpointKind.POLICY).stream(),
                                method == TrainingMethod.REWARD_MODEL
                                        ? checkpoints.ofKind(CheckpointKind.REWARD_MODEL).stream()
                                        : Stream.empty()))
                .toList();
    }

    /// A name that no run has yet.
    public String suggestedName(DatasetVersion version, TrainingMethod method) {
        String name = preferences.title(version) + " " + MethodText.of(method).abbreviation();
        return Stream.concat(Stream.of(name), IntStream.iterate(2, i -> i + 1).mapToObj(number -> name + " " + number))
                .filter(free -> !runs.isTaken(free))
                .findFirst()
                .orElseThrow();
    }

    /// Cancels a run that waits or is under way; what was trained until now can be resumed.
    ///
    /// @return false when it was over already
    @Transactional
    public boolean cancel(TrainingRunId id) {
        boolean cancelled = runs.cancel(id);
        if (cancelled) {
            audit.record("training.cancel", name(id), "run " + id.value());
        }
        return cancelled;
    }

    /// Puts a run that is over, but not finished, back into the queue: it goes on from its newest checkpoint.
    ///
    /// @return false when there is nothing to resume
    @Transactional
    public boolean resume(TrainingRunId id) {
        boolean requeued = runs.requeue(id);
        if (requeued) {
            queue.add(new Attempt(id, runs.find(id).orElseThrow().attempt()));
            audit.record("training.resume", name(id), "run " + id.value());
        }
        return requeued;
    }

    public Optional<TrainingRun> find(TrainingRunId id) {
        return runs.find(id);
    }

    /// The newest first.
    public List<TrainingRun> all() {
        return runs.all();
    }

    /// The end of what the trainer wrote to its log.
    public List<String> lastLogLines(TrainingRunId id, int count) {
        return folders.of(id).lastLogLines(count);
    }

    private String name(TrainingRunId id) {
        return runs.find(id).orElseThrow().name();
    }

    private static String codeVersion() {
        return Optional.ofNullable(TrainingService.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
