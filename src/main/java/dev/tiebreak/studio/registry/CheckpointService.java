package dev.tiebreak.studio.registry;

import dev.tiebreak.studio.account.AuditLog;
import dev.tiebreak.studio.account.CurrentAccount;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Keeps which models there are and what each came from. A folder is one checkpoint for good.
@Service
@Transactional(readOnly = true)
public class CheckpointService {
    private final CheckpointRepository checkpoints;
    private final DataPaths paths;
    private final CurrentAccount current;
    private final AuditLog audit;
    private final InstantSource clock;

    CheckpointService(
            CheckpointRepository checkpoints,
            DataPaths paths,
            CurrentAccount current,
            AuditLog audit,
            InstantSource clock) {
        this.checkpoints = checkpoints;
        this.paths = paths;
        this.current = current;
        this.audit = audit;
        this.clock = clock;
    }

    /// Registers a model in the name of whoever is signed in, else of the system. A folder that is registered already
    /// stays as it is and is returned, so that a run that was interrupted here may register its checkpoint again.
    @Transactional
    public Checkpoint register(NewCheckpoint checkpoint) {
        String folder = paths.stored(checkpoint.folder());
        return checkpoints
                .findByFolder(folder)
                .orElseGet(() -> insert(checkpoint, folder))
                .toCheckpoint(paths);
    }

    private CheckpointEntity insert(NewCheckpoint checkpoint, String folder) {
        audit.record(
                "checkpoint.register",
                checkpoint.name(),
                checkpoint.kind().label().toLowerCase(Locale.ROOT) + " in " + folder);
        return checkpoints.saveAndFlush(CheckpointEntity.fresh(
                checkpoint,
                folder,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                current.actor())); // what the databases keep
    }

    public Optional<Checkpoint> find(CheckpointId id) {
        return checkpoints.findById(id.value()).map(entity -> entity.toCheckpoint(paths));
    }

    /// The newest first.
    public List<Checkpoint> all() {
        return toCheckpoints(checkpoints.findAllByOrderByCreatedAtDescIdAsc());
    }

    /// The newest first.
    public List<Checkpoint> ofKind(CheckpointKind kind) {
        return toCheckpoints(checkpoints.findByKindOrderByCreatedAtDescIdAsc(kind));
    }

    /// What was trained from this one, the newest first.
    public List<Checkpoint> childrenOf(CheckpointId parent) {
        return toCheckpoints(checkpoints.findByParentOrderByCreatedAtDescIdAsc(parent.value()));
    }

    private List<Checkpoint> toCheckpoints(List<CheckpointEntity> entities) {
        return entities.stream().map(entity -> entity.toCheckpoint(paths)).toList();
    }
}
