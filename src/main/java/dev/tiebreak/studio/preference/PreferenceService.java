package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.account.AuditLog;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Freezes judgments into dataset versions, and finds them again.
@Service
@Transactional(readOnly = true)
public class PreferenceService {
    private final ProjectService projects;
    private final JudgedProjects judgedProjects;
    private final DatasetWriter writer;
    private final DatasetFolders folders;
    private final DatasetVersionRepository versions;
    private final JdbcClient database;
    private final AuditLog audit;
    private final InstantSource clock;

    PreferenceService(
            ProjectService projects,
            JudgedProjects judgedProjects,
            DatasetWriter writer,
            DatasetFolders folders,
            DatasetVersionRepository versions,
            JdbcClient database,
            AuditLog audit,
            InstantSource clock) {
        this.projects = projects;
        this.judgedProjects = judgedProjects;
        this.writer = writer;
        this.folders = folders;
        this.versions = versions;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// What a freeze would give, for the settings to be chosen by.
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public FreezePreview preview(ProjectId project) {
        return new FreezePreview(judgedProjects.of(project));
    }

    /// Freezes the current judgments. Either the version is whole, in the database and as files, or there is nothing.
    ///
    /// @throws NothingToFreezeException when no pair comes out
    /// @throws NoSuchElementException when there is no such project
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    @Transactional
    public Freeze freeze(ProjectId projectId, FreezeSettings settings) {
        Project project = projects.find(projectId)
                .orElseThrow(() -> new NoSuchElementException("There is no project " + projectId.value() + "."));
        oneAtATime(projectId);
        JudgedProject judged = judgedProjects.of(projectId);
        FreezeCounts counts = judged.counts(settings);
        if (counts.pairs() == 0) {
            throw new NothingToFreezeException(counts);
        }
        DatasetVersionId id = new DatasetVersionId(UUID.randomUUID());
        deleteUnlessCommitted(id);
        try {
            Manifest manifest = writer.write(folders.aside(id), project, judged, settings);
            Optional<DatasetVersionEntity> same = versions.findByProjectAndSha256(projectId.value(), manifest.sha256());
            if (same.isPresent()) {
                folders.delete(id);
                return new Freeze(same.get().toVersion(folders), false);
            }
            folders.putInPlace(id);
            return new Freeze(store(id, project, manifest), true);
        } catch (IOException e) {
            throw new UncheckedIOException("the dataset version could not be written: " + e.getMessage(), e);
        }
    }

    /// The newest first.
    public List<DatasetVersion> versions(ProjectId project) {
        return versions.findByProjectOrderByNumberDesc(project.value()).stream()
                .map(entity -> entity.toVersion(folders))
                .toList();
    }

    public Optional<DatasetVersion> find(DatasetVersionId id) {
        return versions.findById(id.value()).map(entity -> entity.toVersion(folders));
    }

    public Optional<DatasetVersion> find(ProjectId project, int number) {
        return versions.findByProjectAndNumber(project.value(), number).map(entity -> entity.toVersion(folders));
    }

    /// How people call a version: `Small talk v2`.
    public String title(DatasetVersion version) {
        String project = projects.find(version.project()).map(Project::name).orElse("Dataset");
        return project + " v" + version.number();
    }

    /// The path of one of a version's files.
    public Optional<Path> file(DatasetVersionId id, String fileName) {
        return DatasetFile.named(fileName).flatMap(file -> find(id).map(version -> version.file(file)));
    }

    /// Two freezes of one project wait for each other, so that numbers have no gaps and twins are recognised.
    private void oneAtATime(ProjectId project) {
        database.sql("select id from project where id = ? for update")
                .param(project.value())
                .query(UUID.class)
                .single();
    }

    private void deleteUnlessCommitted(DatasetVersionId id) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_ROLLED_BACK) {
                    folders.delete(id);
                }
            }
        });
    }

    private DatasetVersion store(DatasetVersionId id, Project project, Manifest manifest) {
        DatasetVersionEntity entity = DatasetVersionEntity.fresh(id, manifest);
        entity.project = project.id().value();
        entity.number = versions(project.id()).stream()
                        .mapToInt(DatasetVersion::number)
                        .max()
                        .orElse(0)
                + 1;
        entity.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS); // what the databases keep
        entity.createdBy = actor();
        audit.record(
                "dataset.freeze",
                project.name() + " version " + entity.number,
                manifest.counts().pairs() + " pairs, sha256 " + manifest.sha256());
        return versions.saveAndFlush(entity).toVersion(folders);
    }

    private static String actor() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null ? "system" : authentication.getName();
    }
}
