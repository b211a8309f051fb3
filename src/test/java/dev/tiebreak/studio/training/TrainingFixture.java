package dev.tiebreak.studio.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import dev.tiebreak.studio.account.AuditLog;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.preference.DatasetVersion;
import dev.tiebreak.studio.preference.FreezeSettings;
import dev.tiebreak.studio.preference.PreferenceService;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointKind;
import dev.tiebreak.studio.registry.CheckpointService;
import dev.tiebreak.studio.registry.EngineJvm;
import dev.tiebreak.studio.registry.NewCheckpoint;
import dev.tiebreak.studio.testing.Roles;
import dev.tiebreak.studio.testing.VotedProject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/// A dataset version and a tiny model; runs on them, each in a real child JVM.
@Import(VotedProject.class)
@TestPropertySource(properties = "tiebreak.training.heartbeat=500ms")
abstract class TrainingFixture {
    /// A run that ends only when something ends it, however fast the machine is.
    static final Map<String, String> ENDLESS =
            Map.of("num_train_epochs", "10000", "save_steps", "20", "eval_steps", "1000");

    @Autowired
    TrainingService training;

    @Autowired
    TrainingRuns runs;

    @Autowired
    RunFolders folders;

    @Autowired
    TrainingWorker worker;

    @Autowired
    CheckpointService checkpoints;

    @Autowired
    PreferenceService preferences;

    @Autowired
    EngineJvm engine;

    @Autowired
    VotedProject voted;

    @Autowired
    AuditLog audit;

    @Autowired
    JdbcClient database;

    DatasetVersion version;
    Checkpoint base;

    @BeforeEach
    void freeze() {
        var project = voted.create();
        IntStream.range(0, 40)
                .forEach(i -> project.comparison("Is " + i + " blue?", "Yes, gladly.", "No.")
                        .votes("2 3"));
        version = Roles.as(
                () -> preferences
                        .freeze(
                                project.id,
                                new FreezeSettings(
                                        1,
                                        FreezeSettings.VotePolicy.DROP,
                                        FreezeSettings.VotePolicy.DROP,
                                        FreezeSettings.MarginRule.NONE,
                                        0.2,
                                        0))
                        .version(),
                Role.ML_ENGINEER);
        base = checkpoints.register(new NewCheckpoint(
                "tiny",
                CheckpointKind.BASE,
                TinyModel.folder(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of()));
    }

    @AfterEach
    void leaveNothingRunning() {
        runs.all().forEach(run -> runs.cancel(run.id()));
        if (!worker.isRunning()) {
            worker.start();
        }
        runs.all().forEach(run -> await(run.id(), each -> each.state().isOver()));
    }

    TrainingRun start(TrainingMethod method, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("per_device_train_batch_size", "4");
        return asEngineer(() -> training.start(new NewTrainingRun(
                "run " + UUID.randomUUID(), version.id(), base.id(), TrainingSettings.of(method, all))));
    }

    TrainingRun underWay(TrainingRun run, int step) {
        return await(run.id(), each -> each.step() >= step || each.state().isOver());
    }

    TrainingRun finished(TrainingRun run) {
        TrainingRun last = await(
                run.id(),
                each -> each.state() == TrainingState.FINISHED
                        || each.state() == TrainingState.FAILED
                        || each.state() == TrainingState.INTERRUPTED && each.attempt() > run.attempt());
        assertThat(last.state()).as("%s", last.message()).isEqualTo(TrainingState.FINISHED);
        return last;
    }

    TrainingRun await(TrainingRunId id, Predicate<TrainingRun> wanted) {
        long end = System.nanoTime() + 50_000_000_000L;
        while (true) {
            TrainingRun run = runs.find(id).orElseThrow();
            if (wanted.test(run)) {
                return run;
            }
            assertThat(System.nanoTime()).as("run stands at %s", run).isLessThan(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Lets a run that was resumed go on for a while, ends it, and sees that every step was logged once.
    void goesOnWithoutASeam(TrainingRun stopped) {
        TrainingRun resumed = await(
                stopped.id(),
                each -> each.state() == TrainingState.RUNNING && each.step() > stopped.step() + 20
                        || each.state().isOver() && each.attempt() > stopped.attempt());
        assertThat(resumed.state()).as("%s", resumed.message()).isEqualTo(TrainingState.RUNNING);
        asEngineer(() -> training.cancel(stopped.id()));
        TrainingRun ended = await(stopped.id(), each -> each.state().isOver());
        assertThat(ended.state()).as("%s", ended.message()).isEqualTo(TrainingState.CANCELLED);
        assertThat(steps(ended))
                .isEqualTo(IntStream.rangeClosed(1, ended.step()).boxed().toList());
    }

    List<MetricsRow> trained(TrainingRun run) {
        return new MetricsFile(folders.of(run.id()).metrics())
                .read().rows().stream()
                        .filter(row -> row.value("loss").isPresent())
                        .toList();
    }

    List<Integer> steps(TrainingRun run) {
        return trained(run).stream().map(MetricsRow::step).toList();
    }

    static <T> T asEngineer(Supplier<T> deed) {
        return Roles.as(deed, Role.ML_ENGINEER);
    }
}
