package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.AuditLog;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// How each project treats its annotators.
@Service
@Transactional
public class Workplaces {
    private final JdbcClient database;
    private final AuditLog audit;

    Workplaces(JdbcClient database, AuditLog audit) {
        this.database = database;
        this.audit = audit;
    }

    @Transactional(readOnly = true)
    public Workplace of(ProjectId project) {
        return database.sql("select reopen_seconds, shows_feedback from workplace where project_id = ?")
                .param(project.value())
                .query((row, _) -> new Workplace(
                        Duration.ofSeconds(row.getLong("reopen_seconds")), row.getBoolean("shows_feedback")))
                .optional()
                .orElse(Workplace.DEFAULT);
    }

    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
    public void set(Project project, Workplace workplace) {
        int changed = database.sql("update workplace set reopen_seconds = ?, shows_feedback = ? where project_id = ?")
                .params(
                        workplace.reopenFor().toSeconds(),
                        workplace.showsFeedback(),
                        project.id().value())
                .update();
        if (changed == 0) {
            database.sql("insert into workplace (project_id, reopen_seconds, shows_feedback) values (?, ?, ?)")
                    .params(project.id().value(), workplace.reopenFor().toSeconds(), workplace.showsFeedback())
                    .update();
        }
        audit.record(
                "project.workplace",
                project.name(),
                "reopen for %d s, feedback %s"
                        .formatted(workplace.reopenFor().toSeconds(), workplace.showsFeedback() ? "on" : "off"));
    }
}
