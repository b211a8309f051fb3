package dev.tiebreak.studio.rubric;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.UUID;
import org.springframework.data.domain.Persistable;

@Entity
@Table(name = "rubric_version")
class RubricVersionEntity implements Persistable<UUID> {
    @Id
    private UUID id = new UUID(0, 0);

    @Column(name = "rubric_key", nullable = false, length = 100, updatable = false)
    private String key = "";

    @Column(nullable = false, updatable = false)
    private int version;

    @Column(nullable = false, length = 64, updatable = false)
    private String sha256 = "";

    @Column(nullable = false, length = 1_000_000, updatable = false)
    private String source = "";

    @Column(name = "stored_at", nullable = false, updatable = false)
    private Instant storedAt = Instant.EPOCH;

    @Column(name = "in_force_since", nullable = false)
    private Instant inForceSince = Instant.EPOCH;

    protected RubricVersionEntity() {} // for JPA

    RubricVersionEntity(UUID id, RubricKey key, int version, RubricText text, Instant now) {
        this.id = id;
        this.key = key.value();
        this.version = version;
        this.sha256 = text.sha256();
        this.source = text.source();
        this.storedAt = now;
        this.inForceSince = now;
        this.fresh = true;
    }

    @Transient
    private boolean fresh;

    @Override
    public UUID getId() {
        return id;
    }

    /// Ids are made here, so that Spring Data cannot tell by a missing id that a row is to be inserted.
    @Override
    public boolean isNew() {
        return fresh;
    }

    String key() {
        return key;
    }

    int version() {
        return version;
    }

    String sha256() {
        return sha256;
    }

    String source() {
        return source;
    }

    Instant storedAt() {
        return storedAt;
    }

    void putInForce(Instant now) {
        this.inForceSince = now;
    }
}
