package dev.tiebreak.studio.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointKind;
import dev.tiebreak.studio.registry.NewCheckpoint;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import dev.tiebreak.studio.testing.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.security.access.AccessDeniedException;

abstract class TrainingRunTests extends TrainingFixture {

    @Test
    void a_run_trains_in_its_folder_and_its_model_enters_the_registry() throws IOException {
        TrainingRun queued = start(TrainingMethod.REWARD_MODEL, Map.of("max_steps", "6", "learning_rate", "0.01"));

        TrainingRun run = await(queued.id(), each -> each.state().isOver());

        assertThat(run.message()).isEmpty();
        assertThat(run.state()).isEqualTo(TrainingState.FINISHED);
        assertThat(run.step()).isEqualTo(6);
        assertThat(run.totalSteps()).isEqualTo(6);
        assertThat(run.device().orElseThrow().reason()).isNotBlank();
        assertThat(run.datasetSha256()).isEqualTo(version.sha256());
        assertThat(run.createdBy()).isEqualTo("somebody");
        assertThat(asEngineer(() -> training.resume(run.id()))).isFalse(); // it is done
        assertThat(run.startedAt().orElseThrow())
                .isBetween(run.createdAt(), run.endedAt().orElseThrow());
        assertThat(steps(run)).containsExactly(1, 2, 3, 4, 5, 6);

        Checkpoint checkpoint = checkpoints.find(run.checkpoint().orElseThrow()).orElseThrow();
        assertThat(checkpoint.kind()).isEqualTo(CheckpointKind.REWARD_MODEL);
        assertThat(checkpoint.parent()).contains(base.id());
        assertThat(checkpoint.datasetVersion()).contains(version.id());
        assertThat(checkpoint.trainingRun()).contains(run.id().value());
        assertThat(checkpoint.createdBy()).isEqualTo("somebody");
        assertThat(checkpoint.metrics()).containsKeys("loss", "eval_loss", "eval_accuracy");
        assertThat(checkpoint.folder().resolve("model.safetensors")).exists();
        assertThat(checkpoint.folder().resolve("tokenizer.json")).exists();
        assertThat(Files.readString(checkpoint.folder().resolve("config.json")))
                .contains("LlamaForSequenceClassification");
        assertThat(audit.latest(20))
                .anySatisfy(entry -> {
                    assertThat(entry.action()).isEqualTo("training.start");
                    assertThat(entry.actor()).isEqualTo("somebody");
                })
                .anySatisfy(entry -> assertThat(entry.action()).isEqualTo("checkpoint.register"));
    }

    @Test
    void a_killed_trainer_leaves_an_interrupted_run_that_resumes_without_a_seam() {
        TrainingRun begun = underWay(start(TrainingMethod.REWARD_MODEL, ENDLESS), 30);

        runs.trainer(begun.id()).orElseThrow().destroyForcibly();

        TrainingRun killed = await(begun.id(), each -> each.state().isOver());
        assertThat(killed.state()).isEqualTo(TrainingState.INTERRUPTED);
        assertThat(killed.message().orElseThrow())
                .isEqualTo("The trainer was killed (signal 9): by hand, or because the machine ran out of memory.");
        assertThat(killed.checkpoint()).isEmpty();

        assertThat(asEngineer(() -> training.resume(begun.id()))).isTrue();
        assertThat(runs.claim(new Attempt(begun.id(), 1))).isFalse();

        goesOnWithoutASeam(killed);
        assertThat(runs.find(begun.id()).orElseThrow().attempt()).isEqualTo(2);
        assertThat(Files.exists(folders.of(begun.id()).log())).isTrue();
        assertThat(folders.of(begun.id()).lastLogLines(100))
                .anyMatch(line -> line.startsWith("Resuming from checkpoint-"));
    }

    @Test
    void a_cancelled_run_keeps_a_checkpoint_and_resumes() {
        TrainingRun begun = underWay(start(TrainingMethod.REWARD_MODEL, ENDLESS), 5);

        assertThat(asEngineer(() -> training.cancel(begun.id()))).isTrue();

        TrainingRun cancelled = await(begun.id(), each -> each.state().isOver());
        assertThat(cancelled.state()).isEqualTo(TrainingState.CANCELLED);
        assertThat(cancelled.step()).isGreaterThanOrEqualTo(5);
        assertThat(folders.of(begun.id()).folder().resolve("checkpoint-" + cancelled.step()))
                .isDirectory();
        assertThat(asEngineer(() -> training.cancel(begun.id()))).isFalse();

        asEngineer(() -> training.resume(begun.id()));
        goesOnWithoutASeam(cancelled);
    }

    @Test
    void runs_wait_for_each_other_and_a_waiting_one_is_cancelled_at_once() {
        TrainingRun first = underWay(start(TrainingMethod.REWARD_MODEL, ENDLESS), 1);
        TrainingRun second = start(TrainingMethod.REWARD_MODEL, Map.of("max_steps", "1"));
        TrainingRun third = start(TrainingMethod.REWARD_MODEL, Map.of("max_steps", "1"));
        assertThat(runs.before(second)).isEqualTo(1);
        assertThat(runs.before(third)).isEqualTo(2);

        asEngineer(() -> training.cancel(second.id()));

        assertThat(runs.find(second.id()).orElseThrow().state()).isEqualTo(TrainingState.CANCELLED);
        assertThat(runs.find(third.id()).orElseThrow().state()).isEqualTo(TrainingState.QUEUED);
        asEngineer(() -> training.cancel(first.id()));
        TrainingRun last = finished(third);
        TrainingRun before = runs.find(first.id()).orElseThrow();
        assertThat(last.startedAt().orElseThrow())
                .isAfterOrEqualTo(before.endedAt().orElseThrow());
        assertThat(runs.find(second.id()).orElseThrow().startedAt()).isEmpty();
    }

    @Test
    void names_do_not_repeat() {
        String first = asEngineer(() -> training.suggestedName(version, TrainingMethod.DPO));
        assertThat(first).isEqualTo(preferences.title(version) + " DPO");
        worker.stop();
        asEngineer(() -> training.start(new NewTrainingRun(
                first, version.id(), base.id(), TrainingSettings.of(TrainingMethod.DPO, Map.of("max_steps", "1")))));

        assertThat(asEngineer(() -> training.suggestedName(version, TrainingMethod.DPO)))
                .isEqualTo(preferences.title(version) + " DPO 2");
    }

    @Test
    void a_policy_cannot_start_from_a_reward_model() {
        Checkpoint judge = checkpoints.register(new NewCheckpoint(
                "judge",
                CheckpointKind.REWARD_MODEL,
                Path.of("/models/" + UUID.randomUUID()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of()));

        assertThatThrownBy(() -> asEngineer(() -> training.start(new NewTrainingRun(
                        "x", version.id(), judge.id(), TrainingSettings.of(TrainingMethod.DPO, Map.of())))))
                .isInstanceOf(WrongInputException.class)
                .hasMessage("A DPO policy cannot start from judge, a Reward model.");
        assertThat(asEngineer(() -> training.basesFor(TrainingMethod.REWARD_MODEL)))
                .contains(judge, base);
    }

    @Test
    void only_ml_engineers_and_administrators_train_or_look() {
        for (Role role : List.of(Role.ANNOTATOR, Role.DATA_LEAD)) {
            assertThatThrownBy(() -> Roles.as(() -> training.all(), role)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Roles.as(
                            () -> training.start(new NewTrainingRun(
                                    "x", version.id(), base.id(), TrainingSettings.of(TrainingMethod.DPO, Map.of()))),
                            role))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Roles.as(() -> training.resume(new TrainingRunId(UUID.randomUUID())), role))
                    .isInstanceOf(AccessDeniedException.class);
        }
        assertThat(Roles.as(() -> training.all(), Role.ADMINISTRATOR)).isNotNull();
    }
}

@OnH2
class TrainingRunOnH2Test extends TrainingRunTests {}

@OnPostgres
class TrainingRunOnPostgresTest extends TrainingRunTests {}
