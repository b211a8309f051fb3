package dev.tiebreak.studio.dataset;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// How much a project holds, and how far it is judged.
@Service
@Transactional(readOnly = true)
public class ProjectFigures {
    private final JudgedComparisons judged;
    private final JdbcClient database;

    ProjectFigures(JudgedComparisons judged, JdbcClient database) {
        this.judged = judged;
        this.database = database;
    }

    public record Counts(long prompts, long completions, long comparisons) {}

    public Counts counts(ProjectId project) {
        return database.sql("""
                        select (select count(*) from prompt where project_id = :project) as prompts,
                               (select count(*) from completion c join prompt p on p.id = c.prompt_id
                                where p.project_id = :project) as completions,
                               (select count(*) from comparison where project_id = :project) as comparisons
                        """)
                .param("project", project.value())
                .query((row, _) ->
                        new Counts(row.getLong("prompts"), row.getLong("completions"), row.getLong("comparisons")))
                .single();
    }

    public Coverage coverage(ProjectId project) {
        return new Coverage(counts(project).comparisons(), judged.byAnnotators(project));
    }
}
