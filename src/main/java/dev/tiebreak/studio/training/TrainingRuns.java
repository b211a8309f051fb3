package dev.tiebreak.studio.training;

import com.google.gson.JsonParser;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import dev.tiebreak.studio.preference.DatasetVersionId;
import dev.tiebreak.studio.registry.CheckpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The table of training runs. Every change of state is one conditional update: who comes too late changes nothing
/// and is told so.
@Repository
class TrainingRuns {
    private static final int LONGEST_MESSAGE = 2000;
    private static final int LONGEST_REASON = 500;

    private final JdbcClient database;
    private final InstantSource clock;

    TrainingRuns(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    Optional<TrainingRun> find(TrainingRunId id) {
        return database.sql("select * from training_run where id = ?")
                .param(id.value())
                .query(TrainingRuns::run)
                .optional();
    }

    /// The newest first.
    List<TrainingRun> all() {
        return database.sql("select * from training_run order by created_at desc, id")
                .query(TrainingRuns::run)
                .list();
    }

    boolean isTaken(String name) {
        return database.sql("select count(*) from training_run where name = ?")
                        .param(name)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /// Runs that will come before this one, those under way included.
    int before(TrainingRun run) {
        return database.sql("""
                        select count(*) from training_run
                        where id <> ? and (state in ('RUNNING', 'CANCELLING') or state = 'QUEUED' and created_at < ?)
                        """)
                .params(run.id().value(), utc(run.createdAt()))
                .query(Integer.class)
                .single();
    }

    TrainingRunId insert(NewTrainingRun run, String datasetSha256, String codeVersion, String by) {
        TrainingRunId id = new TrainingRunId(UUID.randomUUID());
        database.sql("""
                        insert into training_run (id, name, dataset_version_id, dataset_sha256, base_checkpoint_id, method,
                                                  settings, seed, code_version, state, attempt, step, total_steps,
                                                  created_at, created_by)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'QUEUED', 1, 0, 0, ?, ?)
                        """)
                .params(
                        id.value(),
                        run.name(),
                        run.datasetVersion().value(),
                        datasetSha256,
                        run.base().value(),
                        run.settings().method().command(),
                        run.settings().json().toString(),
                        run.settings().seed(),
                        codeVersion,
                        now(),
                        by)
                .update();
        return id;
    }

    /// Puts a run that is over back into the queue, as its next attempt.
    boolean requeue(TrainingRunId id) {
        return database.sql("""
                        update training_run set state = 'QUEUED', attempt = attempt + 1, message = null, ended_at = null
                        where id = ? and state in ('CANCELLED', 'FAILED', 'INTERRUPTED')
                        """).param(id.value()).update() == 1;
    }

    /// Cancels a run that waits at once; one that is under way will be by its worker.
    boolean cancel(TrainingRunId id) {
        int waiting = database.sql("""
                        update training_run set state = 'CANCELLED', message = 'Cancelled while it waited.', ended_at = ?
                        where id = ? and state = 'QUEUED'
                        """).params(now(), id.value()).update();
        int underWay = database.sql("update training_run set state = 'CANCELLING' where id = ? and state = 'RUNNING'")
                .param(id.value())
                .update();
        return waiting + underWay == 1;
    }

    /// Takes a waiting run up, or one whose worker died; not one that was cancelled or has another attempt by now.
    boolean claim(Attempt attempt) {
        return database.sql("""
                        update training_run
                        set state = case when state = 'QUEUED' then 'RUNNING' else state end,
                            message = null, started_at = coalesce(started_at, ?)
                        where id = ? and attempt = ? and state in ('QUEUED', 'RUNNING', 'CANCELLING')
                        """)
                        .params(now(), attempt.run().value(), attempt.number())
                        .update()
                == 1;
    }

    /// Keeps by which process the run is trained, for a later worker to find it again.
    void trainedBy(TrainingRunId id, ProcessHandle process) {
        database.sql("update training_run set process_id = ?, process_started_at = ? where id = ?")
                .param(process.pid())
                .param(process.info().startInstant().map(TrainingRuns::utc).orElse(null))
                .param(id.value())
                .update();
    }

    /// The process that trains a run, where it is still alive; a process that merely inherited the number is not
    /// it.
    Optional<ProcessHandle> trainer(TrainingRunId id) {
        return database.sql("select process_id, process_started_at from training_run where id = ?")
                .param(id.value())
                .query((row, _) -> living(row.getLong(1), instant(row, "process_started_at")))
                .optional()
                .flatMap(living -> living);
    }

    private static Optional<ProcessHandle> living(long pid, Optional<Instant> startedAt) {
        return startedAt.flatMap(started -> ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .filter(other -> isSame(started, other))
                        .isPresent()));
    }

    /// Two readings of one start differ where the clock was set meanwhile: Linux counts from the boot.
    private static boolean isSame(Instant start, Instant other) {
        return Duration.between(start, other).abs().compareTo(Duration.ofSeconds(10)) < 0;
    }

    void progress(TrainingRunId id, RunStatus status) {
        database.sql("update training_run set device = ?, device_reason = ?, step = ?, total_steps = ? where id = ?")
                .params(
                        status.device().name(),
                        cut(status.device().reason(), LONGEST_REASON),
                        status.step(),
                        status.totalSteps(),
                        id.value())
                .update();
    }

    /// The worker stops with the studio; the run waits for the next start.
    void backToQueue(TrainingRunId id, String message) {
        database.sql("update training_run set state = 'QUEUED', message = ? where id = ? and state = 'RUNNING'")
                .params(message, id.value())
                .update();
    }

    /// @return whether it was under way until now
    boolean end(TrainingRunId id, TrainingState state, @Nullable String message) {
        return database.sql("""
                        update training_run set state = ?, message = ?, ended_at = ?
                        where id = ? and state in ('RUNNING', 'CANCELLING')
                        """)
                        .param(state.name())
                        .param(message == null ? null : cut(message, LONGEST_MESSAGE))
                        .param(now())
                        .param(id.value())
                        .update()
                == 1;
    }

    void keepResult(TrainingRunId id, CheckpointId checkpoint) {
        database.sql("update training_run set checkpoint_id = ? where id = ?")
                .params(checkpoint.value(), id.value())
                .update();
    }

    private static TrainingRun run(ResultSet row, int number) throws SQLException {
        return new TrainingRun(
                new TrainingRunId(row.getObject("id", UUID.class)),
                row.getString("name"),
                new DatasetVersionId(row.getObject("dataset_version_id", UUID.class)),
                row.getString("dataset_sha256"),
                new CheckpointId(row.getObject("base_checkpoint_id", UUID.class)),
                TrainingSettings.of(
                        TrainingMethod.named(row.getString("method")),
                        JsonParser.parseString(row.getString("settings")).getAsJsonObject()),
                row.getString("code_version"),
                TrainingState.valueOf(row.getString("state")),
                row.getInt("attempt"),
                Optional.ofNullable(row.getString("message")),
                device(row),
                row.getInt("step"),
                row.getInt("total_steps"),
                instant(row, "created_at").orElseThrow(),
                row.getString("created_by"),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                Optional.ofNullable(row.getObject("checkpoint_id", UUID.class)).map(CheckpointId::new));
    }

    private static Optional<TrainingRun.Device> device(ResultSet row) throws SQLException {
        String reason = row.getString("device_reason");
        return Optional.ofNullable(row.getString("device")).map(name -> new TrainingRun.Device(name, reason));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private OffsetDateTime now() {
        return utc(clock.instant().truncatedTo(ChronoUnit.MICROS)); // what the databases keep
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
