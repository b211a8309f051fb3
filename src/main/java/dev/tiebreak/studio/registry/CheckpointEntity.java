package dev.tiebreak.studio.registry;

import dev.tiebreak.studio.preference.DatasetVersionId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Entity
@Table(name = "checkpoint")
class CheckpointEntity implements Persistable<UUID> {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<LinkedHashMap<String, Double>> METRICS = new TypeReference<>() {};

    @Id
    private UUID id = new UUID(0, 0);

    @Column(nullable = false, length = 200, updatable = false)
    private String name = "";

    @Enumerated(EnumType.STRING)
    @Column(nullable = false, length = 20, updatable = false)
    private CheckpointKind kind = CheckpointKind.BASE;

    @Column(nullable = false, length = 1000, updatable = false)
    private String folder = "";

    @Column(name = "parent_id", updatable = false)
    private @Nullable UUID parent;

    @Column(name = "dataset_version_id", updatable = false)
    private @Nullable UUID datasetVersion;

    @Column(name = "training_run_id", updatable = false)
    private @Nullable UUID trainingRun;

    @Column(nullable = false, length = 8000, updatable = false)
    private String metrics = "{}";

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "created_by", nullable = false, length = 100, updatable = false)
    private String createdBy = "";

    @Transient
    private boolean fresh;

    protected CheckpointEntity() {} // for JPA

    static CheckpointEntity fresh(NewCheckpoint checkpoint, String storedFolder, Instant at, String by) {
        CheckpointEntity entity = new CheckpointEntity();
        entity.id = UUID.randomUUID();
        entity.name = checkpoint.name();
        entity.kind = checkpoint.kind();
        entity.folder = storedFolder;
        entity.parent = checkpoint.parent().map(CheckpointId::value).orElse(null);
        entity.datasetVersion =
                checkpoint.datasetVersion().map(DatasetVersionId::value).orElse(null);
        entity.trainingRun = checkpoint.trainingRun().orElse(null);
        entity.metrics = JSON.writeValueAsString(checkpoint.metrics());
        entity.createdAt = at;
        entity.createdBy = by;
        entity.fresh = true;
        return entity;
    }

    @Override
    public UUID getId() {
        return id;
    }

    /// Ids are made here, so that Spring Data cannot tell by a missing id that a row is to be inserted.
    @Override
    public boolean isNew() {
        return fresh;
    }

    Checkpoint toCheckpoint(DataPaths paths) {
        return new Checkpoint(
                new CheckpointId(id),
                name,
                kind,
                paths.found(folder),
                Optional.ofNullable(parent).map(CheckpointId::new),
                Optional.ofNullable(datasetVersion).map(DatasetVersionId::new),
                Optional.ofNullable(trainingRun),
                JSON.readValue(metrics, METRICS),
                createdAt,
                createdBy);
    }
}
