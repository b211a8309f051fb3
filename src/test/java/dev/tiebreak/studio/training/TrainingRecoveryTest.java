package dev.tiebreak.studio.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.studio.registry.CheckpointKind;
import dev.tiebreak.studio.testing.OnH2;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What becomes of runs when trainers give up and studios stop or die.
@OnH2
class TrainingRecoveryTest extends TrainingFixture {

    @Test
    void a_dpo_policy_starts_at_the_loss_of_a_coin() {
        TrainingRun run = finished(start(TrainingMethod.DPO, Map.of("max_steps", "3")));

        MetricsRow first = trained(run).getFirst();
        assertThat(first.value("loss").orElseThrow()).isCloseTo(Math.log(2), within(1e-7)); // policy = reference
        assertThat(checkpoints
                        .find(run.checkpoint().orElseThrow())
                        .orElseThrow()
                        .kind())
                .isEqualTo(CheckpointKind.POLICY);
    }

    @Test
    void a_trainer_that_gives_up_fails_the_run_with_its_own_words() {
        TrainingRun run = await(
                start(TrainingMethod.REWARD_MODEL, Map.of("max_length", "2")).id(),
                each -> each.state().isOver());

        assertThat(run.state()).isEqualTo(TrainingState.FAILED);
        assertThat(run.message())
                .contains(version.train() + ": no row is left to train on; max_length may be too small");
    }

    @Test
    void a_studio_that_stops_sends_the_run_back_to_the_queue_and_goes_on_with_it_after_its_next_start() {
        TrainingRun begun = underWay(start(TrainingMethod.REWARD_MODEL, ENDLESS), 5);

        worker.stop();

        TrainingRun waiting = runs.find(begun.id()).orElseThrow();
        assertThat(waiting.state()).isEqualTo(TrainingState.QUEUED);
        assertThat(waiting.message()).contains("The studio was stopped; the run goes on when it starts again.");
        assertThat(runs.trainer(begun.id())).isEmpty();

        worker.start();

        goesOnWithoutASeam(waiting);
    }

    @Test
    void a_trainer_that_is_stopped_from_outside_is_interrupted_unless_the_studio_stops_too() {
        TrainingRun begun = underWay(start(TrainingMethod.REWARD_MODEL, ENDLESS), 1);
        runs.trainer(begun.id()).orElseThrow().destroy();

        TrainingRun stopped = await(begun.id(), each -> each.state().isOver());
        assertThat(stopped.state()).isEqualTo(TrainingState.INTERRUPTED);
        assertThat(stopped.message()).contains("The trainer was stopped from outside (signal 15).");

        asEngineer(() -> training.resume(begun.id()));
        TrainingRun resumed =
                underWay(await(begun.id(), each -> each.state() == TrainingState.RUNNING), stopped.step() + 1);
        runs.trainer(begun.id()).orElseThrow().destroy(); // as Ctrl+C in a terminal reaches both
        worker.stop();

        assertThat(runs.find(resumed.id()).orElseThrow().state()).isEqualTo(TrainingState.QUEUED);
    }

    @Test
    void a_studio_that_was_killed_takes_its_living_trainer_over() throws IOException {
        TrainingRun left = leftBehind();
        RunFiles files = folders.of(left.id());
        Process trainer = train(files, 200);
        runs.trainedBy(left.id(), trainer.toHandle());

        worker.start();

        TrainingRun run = finished(left);
        assertThat(run.attempt()).isEqualTo(1);
        assertThat(run.step()).isEqualTo(200);
        assertThat(files.log()).doesNotExist(); // no second trainer was started
    }

    @Test
    void a_studio_that_was_killed_together_with_its_trainer_resumes_the_run() {
        TrainingRun left = leftBehind();

        worker.start();

        assertThat(steps(finished(left))).isEqualTo(List.of(1, 2, 3));
    }

    @Test
    void a_result_that_came_while_no_studio_lived_is_kept() throws Exception {
        TrainingRun left = leftBehind();
        RunFiles files = folders.of(left.id());
        assertThat(train(files, 3).waitFor()).isZero();

        worker.start();

        TrainingRun run = finished(left);
        assertThat(run.checkpoint()).isPresent();
        assertThat(files.log()).doesNotExist(); // no second trainer was started
    }

    @Test
    void a_cancellation_outlives_the_studio() {
        TrainingRun left = leftBehind();
        asEngineer(() -> training.cancel(left.id()));

        worker.start();

        TrainingRun run = await(left.id(), each -> each.state().isOver());
        assertThat(run.state()).isEqualTo(TrainingState.CANCELLED);
        assertThat(folders.of(run.id()).log()).doesNotExist();
    }

    /// A run as a studio leaves it that dies in the midst of it.
    private TrainingRun leftBehind() {
        worker.stop();
        TrainingRun run = start(TrainingMethod.REWARD_MODEL, Map.of("max_steps", "3"));
        runs.claim(new Attempt(run.id(), 1));
        int picked = database.sql("""
                        update scheduled_tasks set picked = true, picked_by = 'a dead studio', last_heartbeat = ?
                        where task_instance = ?
                        """)
                .params(OffsetDateTime.parse("2026-01-01T00:00:00Z"), new Attempt(run.id(), 1).toString())
                .update();
        assertThat(picked).isEqualTo(1);
        return run;
    }

    /// As the studio starts it.
    private Process train(RunFiles files, int steps) throws IOException {
        return engine.start(
                List.of(
                        "train",
                        "rm",
                        "--model",
                        base.folder().toString(),
                        "--data",
                        version.train().toString(),
                        "--out",
                        files.folder().toString(),
                        "--set",
                        "max_steps=" + steps,
                        "--set",
                        "num_train_epochs=100"),
                Redirect.PIPE,
                Redirect.DISCARD,
                Redirect.DISCARD);
    }
}
