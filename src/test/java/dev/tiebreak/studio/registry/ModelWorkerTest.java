package dev.tiebreak.studio.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real child process on tiny models.
class ModelWorkerTest {
    private static final SamplingChoice SHORT = new SamplingChoice(1, 1, 0, 12, 3);
    private static final SamplingChoice LONG = new SamplingChoice(1, 1, 0, 400, 3);

    @TempDir
    static Path data;

    private static Path base;
    private static Path reward;
    private static ModelWorker worker;

    @BeforeAll
    static void start() throws Exception {
        base = TinyModel.base(data.resolve("models/tiny"));
        reward = TinyModel.reward(base, data.resolve("models/tiny-reward"));
        worker = new ModelWorker(new EngineJvm(), data, Duration.ofMinutes(5));
    }

    @AfterAll
    static void stop() {
        worker.destroy();
    }

    @Test
    void the_same_seed_writes_the_same_completion_and_its_pieces_add_up_to_it() throws Exception {
        Heard one = new Heard();
        Heard two = new Heard();
        worker.generate(base, "Hello", SHORT, one);
        worker.generate(base, "Hello", SHORT, two);

        var first = one.last(WorkerAnswer.Completed.class);
        var second = two.last(WorkerAnswer.Completed.class);
        assertThat(first).isEqualTo(second);
        assertThat(first.tokens()).isBetween(1, 12);
        assertThat(one.written()).isEqualTo(first.text());
    }

    @Test
    void a_reward_model_scores_each_completion() throws Exception {
        Heard heard = new Heard();
        worker.score(reward, "Hello", List.of("Hello there.", "Hello again, and hello to all."), heard);

        List<Double> scores = heard.last(WorkerAnswer.Scored.class).scores();
        assertThat(scores).hasSize(2).doesNotHaveDuplicates().allMatch(Double::isFinite);
    }

    @Test
    void a_model_that_is_not_there_fails_in_one_line_and_the_worker_goes_on() throws Exception {
        Heard missing = new Heard();
        Heard there = new Heard();
        worker.generate(data.resolve("nowhere"), "Hello", SHORT, missing);
        worker.generate(base, "Hello", SHORT, there);

        assertThat(missing.last(WorkerAnswer.Failed.class).message())
                .isEqualTo(data.resolve("nowhere") + ": no such model folder");
        there.last(WorkerAnswer.Completed.class);
    }

    @Test
    void the_worker_says_what_it_computes_on_and_why() throws Exception {
        EngineDevice device = worker.device().get(60, TimeUnit.SECONDS);
        assertThat(device.name()).matches("cpu|cuda:0");
        assertThat(device.reason()).isNotBlank();
    }

    @Test
    void a_worker_that_is_killed_fails_its_requests_and_the_next_one_finds_another() throws Exception {
        Heard killed = new Heard();
        Heard waiting = new Heard();
        worker.generate(base, "Hello", LONG, killed);
        worker.generate(base, "Hello", LONG, waiting);
        killed.first(WorkerAnswer.Wrote.class);
        long pid = worker.pid().orElseThrow();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        assertThat(killed.last(WorkerAnswer.Failed.class).message())
                .isEqualTo("The engine stopped (exit code 137). The next try starts it anew;"
                        + " worker.log in the data folder tells more.");
        waiting.last(WorkerAnswer.Failed.class);

        Heard next = new Heard();
        worker.generate(base, "Hello", SHORT, next);
        next.last(WorkerAnswer.Completed.class);
        assertThat(worker.pid().orElseThrow()).isNotEqualTo(pid);
    }

    @Test
    void a_worker_that_nobody_uses_ends() throws Exception {
        ModelWorker forgotten = new ModelWorker(new EngineJvm(), data, Duration.ofMillis(300));
        Heard heard = new Heard();
        forgotten.generate(base, "Hello", SHORT, heard);
        ProcessHandle child = ProcessHandle.of(forgotten.pid().orElseThrow()).orElseThrow();
        heard.last(WorkerAnswer.Completed.class);

        child.onExit().get(20, TimeUnit.SECONDS);
        assertThat(forgotten.pid()).isEmpty();
        forgotten.destroy();
    }

    @Test
    void a_try_writes_with_both_models_scores_both_and_ends() throws Exception {
        Events events = new Events();
        new RunningTrial(worker, request(List.of(checkpoint(base), checkpoint(base)), SHORT), events).start();

        List<TrialEvent> all = events.untilEnd();
        var completed = all.stream()
                .filter(TrialEvent.Completed.class::isInstance)
                .map(TrialEvent.Completed.class::cast)
                .toList();
        assertThat(completed).extracting(TrialEvent.Completed::model).containsExactly(0, 1);
        assertThat(completed.getFirst().text()).isEqualTo(completed.getLast().text()); // one model, one seed
        assertThat(all.getLast()).isEqualTo(new TrialEvent.Ended(true));
        var scored = (TrialEvent.Scored) all.get(all.size() - 2);
        assertThat(scored.scores()).hasSize(2);
        // one text, but two places in a batch of float32
        assertThat(scored.scores().getFirst()).isCloseTo(scored.scores().getLast(), within(1e-5));
    }

    @Test
    void a_try_that_is_stopped_keeps_what_was_written_and_is_not_scored() throws Exception {
        Events events = new Events();
        RunningTrial trial =
                new RunningTrial(worker, request(List.of(checkpoint(base), checkpoint(base)), LONG), events);
        trial.start();
        events.first(TrialEvent.Wrote.class);
        trial.stop();

        assertThat(events.untilEnd())
                .noneMatch(TrialEvent.Scored.class::isInstance)
                .noneMatch(TrialEvent.Failed.class::isInstance)
                .endsWith(new TrialEvent.Ended(false));
    }

    @Test
    void a_try_with_a_broken_model_says_so_once_and_ends() throws Exception {
        Events events = new Events();
        Checkpoint gone = checkpoint(data.resolve("gone"));
        new RunningTrial(worker, request(List.of(gone, gone), SHORT), events).start();

        assertThat(events.untilEnd())
                .filteredOn(TrialEvent.Failed.class::isInstance)
                .containsExactly(new TrialEvent.Failed(data.resolve("gone") + ": no such model folder"));
    }

    private static TrialRequest request(List<Checkpoint> models, SamplingChoice sampling) {
        return new TrialRequest("Hello", models, Optional.of(checkpoint(reward)), sampling);
    }

    private static Checkpoint checkpoint(Path folder) {
        return new Checkpoint(
                new CheckpointId(UUID.randomUUID()),
                "tiny",
                CheckpointKind.BASE,
                folder,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Instant.EPOCH,
                "somebody");
    }

    /// What a listener heard, to wait for.
    private static class Queue<T> implements Consumer<T> {
        private final BlockingQueue<T> coming = new LinkedBlockingQueue<>();
        final List<T> all = new ArrayList<>();

        @Override
        public void accept(T heard) {
            coming.add(heard);
        }

        T next() throws InterruptedException {
            T next = coming.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("heard within a minute, after %s", all).isNotNull();
            all.add(next);
            return next;
        }

        void first(Class<? extends T> type) throws InterruptedException {
            while (!type.isInstance(next())) {
                assertThat(all).hasSizeLessThan(10_000);
            }
        }
    }

    private static final class Heard extends Queue<WorkerAnswer> {
        <A extends WorkerAnswer> A last(Class<A> type) throws InterruptedException {
            WorkerAnswer answer = next();
            while (answer instanceof WorkerAnswer.Wrote) {
                answer = next();
            }
            assertThat(answer).isInstanceOf(type);
            return type.cast(answer);
        }

        String written() {
            StringBuilder text = new StringBuilder();
            for (WorkerAnswer answer : all) {
                if (answer instanceof WorkerAnswer.Wrote(var delta)) {
                    text.append(delta);
                }
            }
            return text.toString();
        }
    }

    private static final class Events extends Queue<TrialEvent> {
        List<TrialEvent> untilEnd() throws InterruptedException {
            first(TrialEvent.Ended.class);
            return all;
        }
    }
}
