package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.assignment.Purpose;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.CompletionId;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.rubric.RubricVersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The append-only table of judgments. There is no update in here, and none may come in.
@Repository
class JudgmentLog {
    private static final String INSERT = """
            insert into judgment (id, project_id, comparison_id, annotator_id, verdict, strength, left_completion_id,
                                  reason, active_millis, judged_at, recorded_at, rubric_version_id, probability,
                                  supersedes, origin, purpose)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcClient database;
    private final JdbcTemplate batches;
    private final InstantSource clock;

    JudgmentLog(JdbcClient database, JdbcTemplate batches, InstantSource clock) {
        this.database = database;
        this.batches = batches;
        this.clock = clock;
    }

    void append(Judgment judgment) {
        database.sql(INSERT).params(Arrays.asList(values(judgment))).update();
    }

    void append(Collection<Judgment> judgments) {
        batches.batchUpdate(INSERT, judgments.stream().map(this::values).toList(), 500, (statement, values) -> {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
        });
    }

    Optional<Judgment> find(JudgmentId id) {
        return database.sql("select j.* from judgment j where j.id = ?")
                .param(id.value())
                .query(JudgmentLog::judgment)
                .optional();
    }

    boolean isSuperseded(JudgmentId id) {
        return database.sql("select count(*) from judgment where supersedes = ?")
                        .param(id.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /// When it reached the server, which may be later than when it was decided.
    Instant recordedAt(JudgmentId id) {
        return database.sql("select recorded_at from judgment where id = ?")
                .param(id.value())
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /// Time spent on one comparison.
    ///
    /// @param counts whether it led to a judgment that stands; time that did not was spent all the same
    record Spent(Instant at, Duration active, boolean counts) {}

    /// What an annotator spent on the board since a moment, in the order of time.
    List<Spent> spentSince(AnnotatorId annotator, Instant since) {
        return database.sql("""
                        select j.judged_at, j.active_millis,
                               case when j.verdict <> 'SKIP'
                                     and not exists (select 1 from judgment later where later.supersedes = j.id)
                                    then true else false end as counts
                        from judgment j
                        where j.annotator_id = ? and j.judged_at >= ? and j.verdict <> 'WITHDRAWN' and j.origin = 'board'
                        order by j.judged_at, j.id
                        """)
                .params(annotator.value(), utc(since))
                .query((row, _) -> new Spent(
                        row.getObject("judged_at", OffsetDateTime.class).toInstant(),
                        Duration.ofMillis(row.getLong("active_millis")),
                        row.getBoolean("counts")))
                .list();
    }

    /// The rubric text of an annotator's first judgment in a project.
    Optional<RubricVersionId> firstRubric(AnnotatorId annotator, ProjectId project) {
        return database.sql("""
                        select rubric_version_id from judgment
                        where annotator_id = ? and project_id = ? and rubric_version_id is not null
                        order by recorded_at, id limit 1
                        """)
                .params(annotator.value(), project.value())
                .query((row, _) -> new RubricVersionId(row.getObject("rubric_version_id", UUID.class)))
                .optional();
    }

    private @Nullable Object[] values(Judgment judgment) {
        return new @Nullable Object[] {
            judgment.id().value(),
            judgment.project().value(),
            judgment.comparison().value(),
            judgment.annotator().value(),
            judgment.verdict().name(),
            judgment.strength(),
            judgment.left().map(CompletionId::value).orElse(null),
            judgment.reason().orElse(null),
            judgment.activeTime().map(Duration::toMillis).orElse(null),
            utc(judgment.at()),
            utc(clock.instant()),
            judgment.rubric().map(RubricVersionId::value).orElse(null),
            judgment.probability().isPresent() ? judgment.probability().getAsDouble() : null,
            judgment.supersedes().map(JudgmentId::value).orElse(null),
            judgment.origin(),
            judgment.purpose().name()
        };
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /// Reads a row of `select j.*`.
    static Judgment judgment(ResultSet row, int number) throws SQLException {
        UUID left = row.getObject("left_completion_id", UUID.class);
        UUID rubric = row.getObject("rubric_version_id", UUID.class);
        UUID supersedes = row.getObject("supersedes", UUID.class);
        Long millis = row.getObject("active_millis", Long.class);
        Double probability = row.getObject("probability", Double.class);
        return new Judgment(
                new JudgmentId(row.getObject("id", UUID.class)),
                new ProjectId(row.getObject("project_id", UUID.class)),
                new ComparisonId(row.getObject("comparison_id", UUID.class)),
                new AnnotatorId(row.getObject("annotator_id", UUID.class)),
                Verdict.valueOf(row.getString("verdict")),
                row.getInt("strength"),
                Optional.ofNullable(left).map(CompletionId::new),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(millis).map(Duration::ofMillis),
                row.getObject("judged_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(rubric).map(RubricVersionId::new),
                probability == null ? OptionalDouble.empty() : OptionalDouble.of(probability),
                Optional.ofNullable(supersedes).map(JudgmentId::new),
                row.getString("origin"),
                Purpose.valueOf(row.getString("purpose")));
    }
}
