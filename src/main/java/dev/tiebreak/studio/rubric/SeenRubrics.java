package dev.tiebreak.studio.rubric;

import dev.tiebreak.studio.account.AnnotatorId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Which text of each rubric a person last looked at.
@Service
@Transactional
public class SeenRubrics {
    private final RubricService rubrics;
    private final JdbcClient database;
    private final InstantSource clock;

    SeenRubrics(RubricService rubrics, JdbcClient database, InstantSource clock) {
        this.rubrics = rubrics;
        this.database = database;
        this.clock = clock;
    }

    public record Seen(Rubric rubric, Instant at) {}

    @Transactional(readOnly = true)
    public Optional<Seen> lastSeen(AnnotatorId person, RubricKey key) {
        return database.sql(
                        "select rubric_version_id, seen_at from rubric_seen where annotator_id = ? and rubric_key = ?")
                .params(person.value(), key.value())
                .query((row, _) -> new Seen(
                        rubrics.find(new RubricVersionId(row.getObject("rubric_version_id", UUID.class)))
                                .orElseThrow(),
                        row.getObject("seen_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /// From now on changes count from this text.
    public void see(AnnotatorId person, Rubric rubric) {
        OffsetDateTime now = clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        int changed = database.sql("update rubric_seen set rubric_version_id = ?, seen_at = ?"
                        + " where annotator_id = ? and rubric_key = ?")
                .params(rubric.id().value(), now, person.value(), rubric.key().value())
                .update();
        if (changed == 0) {
            database.sql("insert into rubric_seen (annotator_id, rubric_key, rubric_version_id, seen_at)"
                            + " values (?, ?, ?, ?)")
                    .params(person.value(), rubric.key().value(), rubric.id().value(), now)
                    .update();
        }
    }
}
