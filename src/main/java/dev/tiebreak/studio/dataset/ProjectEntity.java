package dev.tiebreak.studio.dataset;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "project")
@NullUnmarked // Hibernate fills the fields
class ProjectEntity {

    @Id
    UUID id;

    String name;
    String description;

    @Nullable
    String rubricKey;

    int overlap;
    int leaseSeconds;
    Instant createdAt;

    Project toProject() {
        return new Project(
                new ProjectId(id),
                name,
                description,
                Optional.ofNullable(rubricKey),
                overlap,
                Duration.ofSeconds(leaseSeconds),
                createdAt);
    }
}
