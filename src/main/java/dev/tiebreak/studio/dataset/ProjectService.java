package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.account.AuditLog;
import dev.tiebreak.studio.account.Role;
import jakarta.annotation.security.RolesAllowed;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The projects of the studio.
@Service
@Transactional
public class ProjectService {
    private final ProjectRepository projects;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    ProjectService(ProjectRepository projects, AuditLog audit, ApplicationEventPublisher events, InstantSource clock) {
        this.projects = projects;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /// @throws InvalidProjectException when the name is taken
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public Project create(NewProject wanted) {
        if (projects.findByName(wanted.name()).isPresent()) {
            throw new InvalidProjectException("There is a project '" + wanted.name() + "' already.");
        }
        ProjectEntity entity = new ProjectEntity();
        entity.id = UUID.randomUUID();
        entity.name = wanted.name();
        entity.description = wanted.description().strip();
        entity.rubricKey = wanted.rubricKey().orElse(null);
        entity.overlap = wanted.overlap();
        entity.leaseSeconds = (int) wanted.leaseDuration().toSeconds();
        entity.createdAt = clock.instant();
        audit.record("project.create", wanted.name(), "overlap " + wanted.overlap());
        return projects.saveAndFlush(entity).toProject(); // imports go on by SQL in the same transaction
    }

    @Transactional(readOnly = true)
    public Optional<Project> find(ProjectId id) {
        return projects.findById(id.value()).map(ProjectEntity::toProject);
    }

    @Transactional(readOnly = true)
    public Optional<Project> findByName(String name) {
        return projects.findByName(name.strip()).map(ProjectEntity::toProject);
    }

    /// All projects by name.
    @Transactional(readOnly = true)
    public List<Project> all() {
        return projects.findAllByOrderByName().stream()
                .map(ProjectEntity::toProject)
                .toList();
    }

    /// @throws InvalidProjectException when it is not 1 to 100
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public void setOverlap(ProjectId id, int overlap) {
        NewProject.requireOverlap(overlap);
        ProjectEntity entity = projects.findById(id.value())
                .orElseThrow(() -> new InvalidProjectException("There is no project " + id.value() + "."));
        entity.overlap = overlap;
        audit.record("project.overlap", entity.name, "overlap " + overlap);
        projects.flush(); // listeners count by SQL
        events.publishEvent(new ComparisonsAdded(id));
    }
}
