package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.dataset.ProjectId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.UUID;
import org.springframework.data.domain.Persistable;
import tools.jackson.databind.json.JsonMapper;

@Entity
@Table(name = "dataset_version")
class DatasetVersionEntity implements Persistable<UUID> {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Id
    UUID id = new UUID(0, 0);

    @Column(name = "project_id", nullable = false, updatable = false)
    UUID project = new UUID(0, 0);

    @Column(nullable = false, updatable = false)
    int number;

    @Column(nullable = false, length = 4000, updatable = false)
    private String settings = "";

    @Column(nullable = false, length = 4000, updatable = false)
    private String counts = "";

    @Column(nullable = false, length = 64, updatable = false)
    private String sha256 = "";

    @Column(name = "judgments_sha256", nullable = false, length = 64, updatable = false)
    private String judgmentsSha256 = "";

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt = Instant.EPOCH;

    @Column(name = "created_by", nullable = false, length = 100, updatable = false)
    String createdBy = "";

    @Transient
    private boolean fresh;

    protected DatasetVersionEntity() {} // for JPA

    static DatasetVersionEntity fresh(DatasetVersionId id, Manifest manifest) {
        DatasetVersionEntity entity = new DatasetVersionEntity();
        entity.id = id.value();
        entity.settings = JSON.writeValueAsString(manifest.settings());
        entity.counts = JSON.writeValueAsString(manifest.counts());
        entity.sha256 = manifest.sha256();
        entity.judgmentsSha256 = manifest.judgments().sha256();
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

    DatasetVersion toVersion(DatasetFolders folders) {
        DatasetVersionId versionId = new DatasetVersionId(id);
        return new DatasetVersion(
                versionId,
                new ProjectId(project),
                number,
                JSON.readValue(settings, FreezeSettings.class),
                JSON.readValue(counts, FreezeCounts.class),
                sha256,
                createdAt,
                createdBy,
                folders.folder(versionId));
    }
}
