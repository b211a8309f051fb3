package dev.tiebreak.studio.assignment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The checks that an annotator could be given next. Nobody is given two of one comparison.
@Component
class CheckCandidates {
    private static final int POOL = 64;

    private final JdbcClient database;

    CheckCandidates(JdbcClient database) {
        this.database = database;
    }

    /// Comparisons that this annotator judged long enough ago, the sides swapped.
    List<Candidate> repeats(ProjectId project, AnnotatorId annotator, int distance) {
        return new ArrayList<>(database.sql("""
                        select s.comparison_id, c.completion_a_id, c.completion_b_id,
                               s.left_completion_id <> c.completion_a_id as a_left
                        from assignment_slot s join comparison c on c.id = s.comparison_id
                        where s.project_id = :project and s.annotator_id = :annotator and s.state = 'DONE'
                          and s.done_at <= (
                            select done_at from (
                              select done_at from assignment_slot
                              where project_id = :project and annotator_id = :annotator and state = 'DONE'
                              union all
                              select done_at from assignment_check
                              where project_id = :project and annotator_id = :annotator and state <> 'LEASED') judged
                            order by done_at desc limit 1 offset :distance)
                          and not exists (select 1 from assignment_check k
                                          where k.comparison_id = s.comparison_id and k.annotator_id = :annotator)
                          and not exists (select 1 from gold_comparison g where g.comparison_id = s.comparison_id)
                        order by s.done_at, s.id limit :pool
                        """)
                .param("project", project.value())
                .param("annotator", annotator.value())
                .param("distance", distance)
                .param("pool", POOL)
                .query((row, _) -> candidate(row, Purpose.REPEAT, row.getBoolean("a_left")))
                .list());
    }

    /// Gold items that this annotator has not seen; of each, the side that stood left less often stands there.
    ///
    /// @param aLeft where both sides have stood there alike
    List<Candidate> gold(ProjectId project, AnnotatorId annotator, boolean aLeft) {
        return new ArrayList<>(database.sql("""
                        select g.comparison_id, g.attention, c.completion_a_id, c.completion_b_id,
                               (select coalesce(sum(case when k.left_completion_id = c.completion_a_id then 1 else -1 end), 0)
                                from assignment_check k where k.comparison_id = g.comparison_id) as a_surplus
                        from gold_comparison g join comparison c on c.id = g.comparison_id
                        where g.project_id = :project
                        """ + UNSEEN + " order by c.ordinal, c.id limit :pool")
                .param("project", project.value())
                .param("annotator", annotator.value())
                .param("pool", POOL)
                .query((row, _) -> candidate(
                        row,
                        row.getBoolean("attention") ? Purpose.ATTENTION : Purpose.GOLD,
                        row.getLong("a_surplus") == 0 ? aLeft : row.getLong("a_surplus") < 0))
                .list());
    }

    /// To be appended where `g` is a gold comparison.
    static final String UNSEEN = """
            and not exists (select 1 from assignment_check k
                            where k.comparison_id = g.comparison_id and k.annotator_id = :annotator)
            and not exists (select 1 from assignment_slot o
                            where o.comparison_id = g.comparison_id and o.annotator_id = :annotator)
            and not exists (select 1 from assignment_skip p
                            where p.comparison_id = g.comparison_id and p.annotator_id = :annotator)
            """;

    private static Candidate candidate(ResultSet row, Purpose purpose, boolean aLeft) throws SQLException {
        return new Candidate(
                UUID.randomUUID(),
                purpose,
                new ComparisonId(row.getObject("comparison_id", UUID.class)),
                row.getObject(aLeft ? "completion_a_id" : "completion_b_id", UUID.class),
                0,
                aLeft);
    }
}
