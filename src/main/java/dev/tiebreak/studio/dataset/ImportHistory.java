package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.account.Role;
import jakarta.annotation.security.RolesAllowed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// What was imported into a project, when and by whom.
@Service
@Transactional(readOnly = true)
public class ImportHistory {
    private static final int MOST = 200;

    private final JdbcClient database;

    ImportHistory(JdbcClient database) {
        this.database = database;
    }

    /// The newest first, at most 200.
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public List<ImportRun> of(ProjectId project) {
        return database.sql("select * from import_run where project_id = ? order by started_at desc, id limit " + MOST)
                .param(project.value())
                .query(ImportHistory::run)
                .list();
    }

    private static ImportRun run(ResultSet row, int number) throws SQLException {
        return new ImportRun(
                new ImportId(row.getObject("id", UUID.class)),
                row.getString("files"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getString("started_by"),
                row.getLong("rows_read"),
                row.getLong("rows_rejected"),
                row.getLong("new_prompts"),
                row.getLong("new_completions"),
                row.getLong("new_comparisons"),
                row.getLong("new_votes"));
    }
}
