package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.ProjectId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// What counts now: the judgments that no later row supersedes and that were not taken back. This is the one query that
/// says so.
///
/// Consensus, agreement and datasets see what was asked for its own sake: no hidden repeats, and nothing about gold
/// comparisons, whose verdict is known. What checks annotators, and what they see of themselves, is of any purpose.
@Service
@Transactional(readOnly = true)
public class CurrentJudgments {
    private static final String OF_ANY_PURPOSE = """
            select j.* from judgment j
            where j.verdict <> 'WITHDRAWN'
              and not exists (select 1 from judgment later where later.supersedes = j.id)
            """;

    private static final String CURRENT = OF_ANY_PURPOSE + """
              and j.purpose = 'REGULAR'
              and not exists (select 1 from gold_comparison g where g.comparison_id = j.comparison_id)
            """;

    private final JdbcClient database;

    CurrentJudgments(JdbcClient database) {
        this.database = database;
    }

    /// All of a project, skips included, ordered by comparison, then annotator, then time: the same at every call.
    public List<Judgment> of(ProjectId project) {
        return database.sql(
                        CURRENT + " and j.project_id = ? order by j.comparison_id, j.annotator_id, j.judged_at, j.id")
                .param(project.value())
                .query(JudgmentLog::judgment)
                .list();
    }

    /// The same one by one, for projects that are too large to hold.
    public void forEach(ProjectId project, Consumer<Judgment> reader) {
        database.sql(CURRENT + " and j.project_id = ? order by j.comparison_id, j.annotator_id, j.judged_at, j.id")
                .param(project.value())
                .withFetchSize(1000)
                .query(row -> {
                    reader.accept(JudgmentLog.judgment(row, 0));
                });
    }

    /// Those that check annotators, and those that repeats are repeats of: of any purpose and comparison.
    public List<Judgment> ofAnyPurpose(ProjectId project) {
        return database.sql(OF_ANY_PURPOSE
                        + " and j.project_id = ? order by j.comparison_id, j.annotator_id, j.judged_at, j.id")
                .param(project.value())
                .query(JudgmentLog::judgment)
                .list();
    }

    public List<Judgment> of(Collection<ComparisonId> comparisons) {
        return comparisons.isEmpty()
                ? List.of()
                : database.sql(CURRENT
                                + " and j.comparison_id in (:ids) order by j.comparison_id, j.annotator_id, j.id")
                        .param(
                                "ids",
                                comparisons.stream().map(ComparisonId::value).toList())
                        .query(JudgmentLog::judgment)
                        .list();
    }

    /// How many comparisons of a project have been judged by 1, 2, 3 … annotators; skips are no judgments.
    SortedMap<Integer, Long> comparisonsByAnnotators(ProjectId project) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        database.sql("select annotators, count(*) as comparisons from (select c.comparison_id,"
                        + " count(distinct c.annotator_id) as annotators from (" + CURRENT
                        + " and j.project_id = ? and j.verdict <> 'SKIP') c group by c.comparison_id) k"
                        + " group by annotators")
                .param(project.value())
                .query(row -> {
                    counts.put(row.getInt("annotators"), row.getLong("comparisons"));
                });
        return counts;
    }

    /// A judgment with the moment at which it reached the server.
    record Recorded(Judgment judgment, Instant at) {}

    /// One annotator's own of any purpose, the newest first, skips included: one left out would tell that it was a
    /// check.
    List<Recorded> newestOf(AnnotatorId annotator, HistoryFilter filter, int offset, int limit) {
        return history(
                        annotator,
                        filter,
                        "select * from (",
                        ") h order by recorded_at desc, id limit :limit offset :offset")
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> new Recorded(
                        JudgmentLog.judgment(row, number),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    long countOf(AnnotatorId annotator, HistoryFilter filter) {
        return history(annotator, filter, "select count(*) from (", ") h")
                .query(Long.class)
                .single();
    }

    /// One of an annotator's own, of any purpose, as long as it counts.
    Optional<Judgment> find(JudgmentId id, AnnotatorId annotator) {
        return database.sql(OF_ANY_PURPOSE + " and j.id = ? and j.annotator_id = ?")
                .params(id.value(), annotator.value())
                .query(JudgmentLog::judgment)
                .optional();
    }

    private StatementSpec history(AnnotatorId annotator, HistoryFilter filter, String before, String after) {
        String project = filter.project().isPresent() ? " and j.project_id = :project" : "";
        String verdict = filter.verdict().isPresent() ? " and j.verdict = :verdict" : "";
        StatementSpec statement = database.sql(
                        before + OF_ANY_PURPOSE + " and j.annotator_id = :annotator" + project + verdict + after)
                .param("annotator", annotator.value());
        filter.project().ifPresent(wanted -> statement.param("project", wanted.value()));
        filter.verdict().ifPresent(wanted -> statement.param("verdict", wanted.name()));
        return statement;
    }
}
