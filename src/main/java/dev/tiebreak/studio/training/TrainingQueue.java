package dev.tiebreak.studio.training;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/// The queue of runs, kept by db-scheduler in the studio's database.
@Component
class TrainingQueue {
    static final TaskDescriptor<Void> TASK = TaskDescriptor.of("training-run");

    private final SchedulerClient client;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    TrainingQueue(
            DataSource database, JdbcCustomization dialect, InstantSource clock, ApplicationEventPublisher events) {
        this.client = SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(database))
                .jdbcCustomization(dialect)
                .build();
        this.clock = clock;
        this.events = events;
    }

    /// Something was put into the queue.
    record Grown() {}

    /// Adds an attempt, in the transaction of the caller.
    void add(Attempt attempt) {
        client.scheduleIfNotExists(TASK.instance(attempt.toString()).build(), clock.instant());
        events.publishEvent(new Grown());
    }
}
