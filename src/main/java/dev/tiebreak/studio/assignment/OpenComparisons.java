package dev.tiebreak.studio.assignment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How many comparisons an annotator could still be given.
///
/// Few are counted anew each time. Of many the number of a second ago will do: every answer to the board carries it,
/// and counting twenty thousand comparisons for a thousand annotators would take all the time there is.
@Component
class OpenComparisons {
    private static final long FEW = 1_000;
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private final JdbcClient database;
    private final InstantSource clock;
    private final Map<ProjectId, Counted> many = new ConcurrentHashMap<>();

    OpenComparisons(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Counted(long open, Instant at) {}

    long to(AnnotatorId annotator, ProjectId project) {
        return Math.max(0, open(project) - touched(annotator, project));
    }

    private long open(ProjectId project) {
        Counted counted = many.computeIfAbsent(project, _ -> new Counted(count(project), clock.instant()));
        if (counted.open > FEW && clock.instant().isBefore(counted.at.plus(GOOD_FOR))) {
            return counted.open;
        }
        // whoever comes meanwhile goes on with the old number instead of counting too
        if (counted.open > FEW && !many.replace(project, counted, new Counted(counted.open, clock.instant()))) {
            return counted.open;
        }
        long open = count(project);
        many.put(project, new Counted(open, clock.instant()));
        return open;
    }

    private long count(ProjectId project) {
        return database.sql("""
                        select count(distinct comparison_id) from (
                          select comparison_id from assignment_slot where project_id = :project and state = 'FREE'
                          union all
                          select comparison_id from assignment_slot
                          where project_id = :project and state = 'LEASED' and expires_at < :now) claimable
                        """)
                .param("project", project.value())
                .param("now", now())
                .query(Long.class)
                .single();
    }

    /// Of the open ones, those this annotator holds, has judged or has passed on.
    private long touched(AnnotatorId annotator, ProjectId project) {
        return database.sql("""
                        select count(*) from (
                          select comparison_id from assignment_slot
                          where annotator_id = :annotator and project_id = :project
                          union
                          select comparison_id from assignment_skip
                          where annotator_id = :annotator and project_id = :project) own
                        where exists (select 1 from assignment_slot s where s.comparison_id = own.comparison_id
                                      and (s.state = 'FREE' or (s.state = 'LEASED' and s.expires_at < :now)))
                        """)
                .param("annotator", annotator.value())
                .param("project", project.value())
                .param("now", now())
                .query(Long.class)
                .single();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
