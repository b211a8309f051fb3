package dev.tiebreak.studio.training;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/// Works on the queue while the studio runs. It stops first of all, so that the run under way can be asked to write
/// a checkpoint while everything else still stands.
@Component
@ConditionalOnWebApplication // commands on the data folder do not train
@ConditionalOnProperty(name = "tiebreak.background", havingValue = "true", matchIfMissing = true)
class TrainingWorker implements SmartLifecycle {
    private static final Duration LONGEST_STOP = Duration.ofMinutes(3);
    private static final int MISSED_HEARTBEATS = 4;

    private final DataSource database;
    private final JdbcCustomization dialect;
    private final RunExecution execution;
    private final TrainingProperties properties;
    private @Nullable Scheduler scheduler;

    TrainingWorker(
            DataSource database, JdbcCustomization dialect, RunExecution execution, TrainingProperties properties) {
        this.database = database;
        this.dialect = dialect;
        this.execution = execution;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        CustomTask<Void> task =
                Tasks.custom(TrainingQueue.TASK).onDeadExecutionRevive().execute(this::execute);
        Scheduler started = Scheduler.create(database, task)
                .schedulerName(new SchedulerName.Fixed("studio-" + UUID.randomUUID()))
                .threads(properties.parallel())
                .jdbcCustomization(dialect)
                .pollingInterval(properties.heartbeat()) // for runs taken over; what was just queued is told
                .heartbeatInterval(properties.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(LONGEST_STOP)
                .build();
        started.start();
        scheduler = started;
    }

    private CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
        try {
            boolean over =
                    execution.carryOut(Attempt.parse(instance.getId()), context.getSchedulerState()::isShuttingDown);
            return over
                    ? (_, operations) -> operations.remove()
                    : (complete, operations) -> operations.reschedule(complete, complete.getTimeDone());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a run was under way", e);
        }
    }

    @TransactionalEventListener
    synchronized void queued(TrainingQueue.Grown event) {
        if (scheduler != null) {
            scheduler.triggerCheckForDueExecutions();
        }
    }

    @Override
    public synchronized void stop() {
        if (scheduler != null) {
            scheduler.stop();
            scheduler = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }
}
