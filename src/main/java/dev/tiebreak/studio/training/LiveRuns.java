package dev.tiebreak.studio.training;

import dev.tiebreak.studio.account.Role;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Follows runs on behalf of everybody who looks at them. However many look at one run, its files are read once;
/// when nobody looks any more, nothing is read.
///
/// One lock guards all of it, viewers are called under it, and no thread is ever interrupted: an interrupt while H2
/// reads would close the database.
@Component
@RolesAllowed({Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
public class LiveRuns {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRuns.class);
    private static final Duration GLANCE = Duration.ofMillis(500);

    private final TrainingRuns runs;
    private final RunFolders folders;
    private final Map<TrainingRunId, OneRun> followed = new HashMap<>();
    private final AllRuns all = new AllRuns();

    LiveRuns(TrainingRuns runs, RunFolders folders) {
        this.runs = runs;
        this.folders = folders;
    }

    /// What has changed about a run.
    ///
    /// @param before    runs that will come first, while it waits
    /// @param rows      that were measured since
    /// @param fromStart whether the rows told before are void: at first, and when a run resumes at an earlier step
    public record News(TrainingRun run, int before, List<MetricsRow> rows, boolean fromStart) {}

    /// A run with its last metrics.
    public record Summary(TrainingRun run, Map<String, Double> latest) {}

    /// Ends what [#follow] began.
    @FunctionalInterface
    public interface Handle extends AutoCloseable {
        @Override
        void close();
    }

    /// Tells a viewer everything about a run now, and then whatever changes. The viewer must not wait.
    public synchronized Handle follow(TrainingRunId id, Consumer<News> viewer) {
        OneRun one = followed.computeIfAbsent(id, OneRun::new);
        one.join(viewer);
        return () -> leave(one, viewer);
    }

    private synchronized void leave(OneRun one, Consumer<News> viewer) {
        one.viewers.remove(viewer);
        if (one.viewers.isEmpty()) {
            followed.remove(one.id, one);
        }
    }

    /// The same for the list of all runs, the newest first.
    public synchronized Handle followAll(Consumer<List<Summary>> viewer) {
        all.join(viewer);
        return () -> leaveAll(viewer);
    }

    private synchronized void leaveAll(Consumer<List<Summary>> viewer) {
        all.viewers.remove(viewer);
    }

    private synchronized boolean lookAgain(Watch<?> watch) {
        watch.watched = !watch.viewers.isEmpty();
        if (watch.watched) {
            watch.tell();
        }
        return watch.watched;
    }

    private abstract class Watch<T> {
        final Set<Consumer<T>> viewers = new LinkedHashSet<>();
        boolean watched;

        /// Looks, and returns what is new.
        abstract Optional<T> news();

        /// All that was seen until now.
        abstract T everything();

        void join(Consumer<T> viewer) {
            news().ifPresent(this::tell);
            viewer.accept(everything());
            viewers.add(viewer);
            if (!watched) {
                watched = true;
                Thread.ofVirtual().name("live-runs").start(this::watch);
            }
        }

        private void watch() {
            try {
                do {
                    Thread.sleep(GLANCE);
                } while (lookAgain(this));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        void tell() {
            try {
                news().ifPresent(this::tell);
            } catch (RuntimeException e) {
                LOG.warn("Runs cannot be followed at the moment: {}", e.toString());
            }
        }

        private void tell(T news) {
            for (Consumer<T> viewer : List.copyOf(viewers)) {
                viewer.accept(news);
            }
        }
    }

    private final class OneRun extends Watch<News> {
        private final TrainingRunId id;
        private final MetricsFile metrics;
        private final List<MetricsRow> rows = new ArrayList<>();
        private Optional<News> last = Optional.empty();

        OneRun(TrainingRunId id) {
            this.id = id;
            this.metrics = new MetricsFile(folders.of(id).metrics());
        }

        @Override
        Optional<News> news() {
            TrainingRun run = runs.find(id).orElseThrow();
            int before = run.state() == TrainingState.QUEUED ? runs.before(run) : 0;
            MetricsFile.News read = metrics.read();
            if (read.fromStart()) {
                rows.clear();
            }
            rows.addAll(read.rows());
            News news = new News(run, before, read.rows(), read.fromStart());
            boolean isNew = read.fromStart()
                    || !read.rows().isEmpty()
                    || last.filter(known -> known.run().equals(run) && known.before() == before)
                            .isEmpty();
            last = Optional.of(news);
            return isNew ? last : Optional.empty();
        }

        @Override
        News everything() {
            News known = last.orElseThrow();
            return new News(known.run(), known.before(), List.copyOf(rows), true);
        }
    }

    private final class AllRuns extends Watch<List<Summary>> {
        private List<Summary> last = List.of();

        @Override
        Optional<List<Summary>> news() {
            List<Summary> known = last;
            last = runs.all().stream().map(this::summary).toList();
            return last.equals(known) ? Optional.empty() : Optional.of(last);
        }

        private Summary summary(TrainingRun run) {
            return new Summary(run, MetricsFile.latest(folders.of(run.id()).metrics()));
        }

        @Override
        List<Summary> everything() {
            return last;
        }
    }
}
