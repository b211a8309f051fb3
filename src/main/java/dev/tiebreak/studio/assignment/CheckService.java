package dev.tiebreak.studio.assignment;

import dev.tiebreak.studio.account.AuditLog;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.ComparisonsAdded;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import jakarta.annotation.security.RolesAllowed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// What data leads decide about checks: how many there are, and which comparisons are gold.
@Service
@Transactional
public class CheckService {
    private final ProjectService projects;
    private final JdbcClient database;
    private final AuditLog audit;
    private final CurrentAccount account;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    CheckService(
            ProjectService projects,
            JdbcClient database,
            AuditLog audit,
            CurrentAccount account,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.projects = projects;
        this.database = database;
        this.audit = audit;
        this.account = account;
        this.events = events;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public CheckSettings settings(ProjectId project) {
        return of(project);
    }

    /// For this room, which asks on behalf of annotators.
    CheckSettings of(ProjectId project) {
        return database.sql("select repeat_share, repeat_distance, gold_share from check_settings where project_id = ?")
                .param(project.value())
                .query((row, _) -> new CheckSettings(row.getDouble(1), row.getInt(2), row.getDouble(3)))
                .optional()
                .orElse(CheckSettings.NONE);
    }

    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
    public void set(ProjectId id, CheckSettings settings) {
        Project project = projects.find(id).orElseThrow();
        database.sql("delete from check_settings where project_id = ?")
                .param(id.value())
                .update();
        database.sql("insert into check_settings (project_id, repeat_share, repeat_distance, gold_share)"
                        + " values (?, ?, ?, ?)")
                .params(id.value(), settings.repeatShare(), settings.repeatDistance(), settings.goldShare())
                .update();
        audit.record("project.checks", project.name(), settings.toString());
    }

    /// In the order of import.
    @Transactional(readOnly = true)
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public List<GoldItem> gold(ProjectId project) {
        return database.sql("""
                        select g.comparison_id, g.expected, g.explanation, g.attention
                        from gold_comparison g join comparison c on c.id = g.comparison_id
                        where g.project_id = ? order by c.ordinal, c.id
                        """)
                .param(project.value())
                .query(CheckService::goldItem)
                .list();
    }

    /// Makes comparisons gold, or changes what is expected of them. Their free slots close: what is known needs no
    /// overlap.
    ///
    /// @throws InvalidCheckException when a comparison is not of this project
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
    public void mark(ProjectId id, List<GoldItem> items) {
        Project project = projects.find(id).orElseThrow();
        for (GoldItem item : items) {
            requireOf(id, item.comparison());
            remove(id, item.comparison());
            insert(id, item);
            audit.record("project.gold", project.name(), item.toString());
        }
        events.publishEvent(new ComparisonsAdded(id));
    }

    /// A comparison is ordinary again: its slots open, and what was judged of it as gold stays what it was.
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
    public void unmark(ProjectId id, ComparisonId comparison) {
        Project project = projects.find(id).orElseThrow();
        if (remove(id, comparison) > 0) {
            audit.record("project.gold", project.name(), "no longer " + comparison.value());
            events.publishEvent(new ComparisonsAdded(id));
        }
    }

    private void requireOf(ProjectId project, ComparisonId comparison) {
        boolean known = database.sql("select count(*) from comparison where id = ? and project_id = ?")
                        .params(comparison.value(), project.value())
                        .query(Long.class)
                        .single()
                > 0;
        if (!known) {
            throw new InvalidCheckException("This project has no comparison " + comparison.value() + ".");
        }
    }

    private int remove(ProjectId project, ComparisonId comparison) {
        return database.sql("delete from gold_comparison where project_id = ? and comparison_id = ?")
                .params(project.value(), comparison.value())
                .update();
    }

    private void insert(ProjectId project, GoldItem item) {
        database.sql("""
                        insert into gold_comparison (comparison_id, project_id, expected, explanation, attention,
                                                     marked_at, marked_by)
                        values (:comparison, :project, :expected, :explanation, :attention, :at, :by)
                        """)
                .param("comparison", item.comparison().value())
                .param("project", project.value())
                .param("expected", item.expected().name())
                .param("explanation", item.explanation().orElse(null))
                .param("attention", item.attention())
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", account.actor())
                .update();
    }

    private static GoldItem goldItem(ResultSet row, int number) throws SQLException {
        return new GoldItem(
                new ComparisonId(row.getObject("comparison_id", UUID.class)),
                GoldItem.Expected.valueOf(row.getString("expected")),
                Optional.ofNullable(row.getString("explanation")),
                row.getBoolean("attention"));
    }
}
