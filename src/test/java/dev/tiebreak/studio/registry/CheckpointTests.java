package dev.tiebreak.studio.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.tiebreak.studio.account.AuditLog;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.preference.DatasetVersion;
import dev.tiebreak.studio.preference.FreezeSettings;
import dev.tiebreak.studio.preference.PreferenceService;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import dev.tiebreak.studio.testing.Roles;
import dev.tiebreak.studio.testing.VotedProject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;

@Import(VotedProject.class)
abstract class CheckpointTests {
    @Autowired
    CheckpointService checkpoints;

    @Autowired
    CheckpointRepository rows;

    @Autowired
    VotedProject voted;

    @Autowired
    PreferenceService preferences;

    @Autowired
    AuditLog audit;

    @Value("${tiebreak.data}")
    Path data;

    @Test
    void a_checkpoint_is_found_as_it_was_registered() {
        Checkpoint base = Roles.as(() -> checkpoints.register(base(folder())), Role.ML_ENGINEER);
        DatasetVersion version = frozenVersion();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("eval_rewards/accuracies", 0.9375);
        metrics.put("eval_loss", 1e-9);
        UUID run = UUID.randomUUID();
        var policy = new NewCheckpoint(
                " Small talk, DPO ",
                CheckpointKind.POLICY,
                folder(),
                Optional.of(base.id()),
                Optional.of(version.id()),
                Optional.of(run),
                metrics);

        Checkpoint registered = checkpoints.register(policy);

        assertThat(checkpoints.find(registered.id())).contains(registered);
        assertThat(registered.name()).isEqualTo("Small talk, DPO");
        assertThat(registered.folder()).isEqualTo(policy.folder());
        assertThat(registered.parent()).contains(base.id());
        assertThat(registered.datasetVersion()).contains(version.id());
        assertThat(registered.trainingRun()).contains(run);
        assertThat(registered.metrics())
                .containsExactly(entry("eval_rewards/accuracies", 0.9375), entry("eval_loss", 1e-9));
        assertThat(registered.createdBy()).isEqualTo("system");
        assertThat(base.createdBy()).isEqualTo("somebody");
        assertThat(checkpoints.childrenOf(base.id())).containsExactly(registered);
    }

    @Test
    void the_newest_comes_first_and_each_kind_has_its_list() {
        Checkpoint older = checkpoints.register(base(folder()));
        Checkpoint newer = checkpoints.register(new NewCheckpoint(
                "judge",
                CheckpointKind.REWARD_MODEL,
                folder(),
                Optional.of(older.id()),
                Optional.empty(),
                Optional.empty(),
                Map.of()));

        assertThat(checkpoints.all()).containsSubsequence(newer, older);
        assertThat(checkpoints.ofKind(CheckpointKind.REWARD_MODEL))
                .contains(newer)
                .doesNotContain(older);
        assertThat(checkpoints.ofKind(CheckpointKind.BASE)).contains(older).doesNotContain(newer);
    }

    @Test
    void a_folder_that_is_registered_twice_stays_the_checkpoint_it_was() {
        Path folder = folder();
        Checkpoint first = checkpoints.register(base(folder));
        Checkpoint again = checkpoints.register(NewCheckpoint.brought(
                "another name", CheckpointKind.BASE, folder.resolve("../" + folder.getFileName())));

        assertThat(again).isEqualTo(first);
        assertThat(audit.latest(1000).stream()
                        .filter(entry ->
                                entry.detail().endsWith(folder.getFileName().toString())))
                .hasSize(1);
    }

    @Test
    void folders_below_the_data_folder_are_kept_relative_so_that_it_can_be_moved() {
        Path below = folder();
        Path elsewhere = Path.of("/models/elsewhere-" + UUID.randomUUID());
        Checkpoint inside = checkpoints.register(base(below));
        Checkpoint outside = checkpoints.register(base(elsewhere));
        DataPaths moved = new DataPaths(Path.of("/moved"));

        assertThat(rows.findById(inside.id().value())
                        .orElseThrow()
                        .toCheckpoint(moved)
                        .folder())
                .isEqualTo(Path.of("/moved/models/" + below.getFileName()));
        assertThat(rows.findById(outside.id().value())
                        .orElseThrow()
                        .toCheckpoint(moved)
                        .folder())
                .isEqualTo(elsewhere);
    }

    @Test
    void a_metric_that_is_no_number_and_a_name_that_is_empty_are_refused() {
        assertThatThrownBy(() -> new NewCheckpoint(
                        "judge",
                        CheckpointKind.REWARD_MODEL,
                        folder(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("eval_loss", Double.NaN)))
                .hasMessage("The metric eval_loss is not a finite number: NaN.");
        assertThatThrownBy(() -> NewCheckpoint.brought("  ", CheckpointKind.BASE, folder()))
                .hasMessage("A checkpoint's name has 1 to 200 characters, got 0.");
    }

    private DatasetVersion frozenVersion() {
        var project = voted.create();
        project.comparison("one", "a", "b").votes("1");
        return Roles.as(
                () -> preferences.freeze(project.id, FreezeSettings.defaults()).version(), Role.DATA_LEAD);
    }

    private static NewCheckpoint base(Path folder) {
        return NewCheckpoint.brought("small world", CheckpointKind.BASE, folder);
    }

    private Path folder() {
        return data.resolve("models").resolve(UUID.randomUUID().toString());
    }
}

@OnH2
class CheckpointOnH2Test extends CheckpointTests {}

@OnPostgres
class CheckpointOnPostgresTest extends CheckpointTests {}
