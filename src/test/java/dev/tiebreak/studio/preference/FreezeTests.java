package dev.tiebreak.studio.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.dataset.Turn;
import dev.tiebreak.studio.preference.FreezeSettings.MarginRule;
import dev.tiebreak.studio.preference.FreezeSettings.VotePolicy;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import dev.tiebreak.studio.testing.Roles;
import dev.tiebreak.studio.testing.VotedProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Import(VotedProject.class)
abstract class FreezeTests {
    private static final FreezeSettings ALL_TRAIN =
            new FreezeSettings(1, VotePolicy.DROP, VotePolicy.DROP, MarginRule.STRENGTH, 0, 0);

    @Autowired
    VotedProject voted;

    @Autowired
    PreferenceService preferences;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JudgedProjects judgedProjects;

    @Autowired
    DatasetWriter writer;

    @Autowired
    ProjectService projects;

    private Freeze freeze(ProjectId project, FreezeSettings settings) {
        return Roles.as(() -> preferences.freeze(project, settings), Role.DATA_LEAD);
    }

    @Test
    void repeats_and_gold_items_enter_no_dataset() {
        var project = voted.create();
        project.comparison("judged", "a", "b").votes("2 2").asked("REPEAT", "-3 -3 -3");
        project.comparison("gold", "a", "b").votes("1").gold("A", false).asked("GOLD", "1 1 1");
        project.comparison("attention", "a", "b").gold("B", true).asked("ATTENTION", "-1 -1");
        project.comparison("asked again alone", "a", "b").asked("REPEAT", "1");

        FreezeCounts counts = freeze(project.id, ALL_TRAIN).version().counts();
        assertThat(counts.pairs()).isEqualTo(1);
        assertThat(counts.votes()).as("of the one that counts").isEqualTo(2);
        assertThat(judgedProjects.of(project.id).judgments()).hasSize(2);
    }

    @Test
    void a_row_is_a_conversational_preference_with_an_explicit_prompt() throws IOException {
        var project = voted.create();
        var turns = List.of(new Turn("system", "Be brief."), Turn.user("Héllo?"));
        project.comparison(turns, "long <b>words</b>", "Hi.").votes("-2 -3 1");

        DatasetVersion version = freeze(project.id, ALL_TRAIN).version();

        assertThat(Files.readAllLines(version.train())).hasSize(1);
        JsonNode row = JsonMapper.shared().readTree(version.train().toFile());
        assertThat(row.path("prompt").toString())
                .isEqualTo(
                        "[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Héllo?\"}]");
        assertThat(row.path("chosen").toString()).isEqualTo("[{\"role\":\"assistant\",\"content\":\"Hi.\"}]");
        assertThat(row.path("rejected").path(0).path("content").asString()).isEqualTo("long <b>words</b>");
        assertThat(row.path("margin").asDouble()).isEqualTo(1.333333); // (2 + 3 − 1)/3 to six digits
        assertThat(row.path("soft_label").asDouble()).isEqualTo(0.6); // (2 + 1)/(3 + 2)
        assertThat(row.path("votes").asInt()).isEqualTo(3);
        assertThat(Files.readString(version.test())).isEmpty();
    }

    @Test
    void cells_that_would_run_as_formulas_are_disarmed_in_csv_and_untouched_in_jsonl() throws IOException {
        var project = voted.create();
        project.comparison("=cmd|' /C calc'!A0", "+1, \"quoted\"\nand two lines", "fine")
                .votes("1 3");

        DatasetVersion version = freeze(project.id, ALL_TRAIN).version();

        assertThat(Files.readString(version.file(DatasetFile.TRAIN_CSV)))
                .startsWith("prompt,chosen,rejected,margin,soft_label,votes,prompt_id,comparison_id\r\n"
                        + "'=cmd|' /C calc'!A0,\"'+1, \"\"quoted\"\"\nand two lines\",fine,2.0,0.75,2,");
        assertThat(Files.readString(version.train())).contains("\"=cmd|' /C calc'!A0\"", "\"+1, \\\"quoted\\\"\\n");
    }

    @Test
    void labels_that_all_have_the_same_strength_get_no_margin() throws IOException {
        var project = voted.create();
        project.comparison("one", "a", "b").votes("2 t");
        project.comparison("two", "a", "b").votes("-2");

        DatasetVersion version = freeze(project.id, ALL_TRAIN).version();

        assertThat(Files.readString(version.train())).doesNotContain("margin");
        assertThat(Files.readString(version.file(DatasetFile.TRAIN_CSV)))
                .startsWith("prompt,chosen,rejected,soft_label");
    }

    @Test
    void the_manifest_says_what_the_version_was_made_of() throws IOException {
        var project = voted.create();
        project.comparison("one", "a", "b").votes("1 2 s");
        project.comparison("two", "a", "b").votes("t t");
        project.comparison("three", "a", "b").votes("x");
        project.comparison("four", "a", "b");

        DatasetVersion version = freeze(project.id, ALL_TRAIN).version();
        JsonNode manifest =
                JsonMapper.shared().readTree(version.file(DatasetFile.MANIFEST).toFile());

        assertThat(version.counts()).isEqualTo(new FreezeCounts(4, 1, 1, 0, 1, 1, 5, 1, 0, 1, 0));
        assertThat(manifest.path("counts").path("pairs").asInt()).isEqualTo(1);
        assertThat(manifest.path("settings").path("min_votes").asInt()).isEqualTo(1);
        assertThat(manifest.path("judgments").path("count").asInt()).isEqualTo(6);
        assertThat(manifest.path("annotators")).hasSize(3);
        assertThat(manifest.path("sha256").asString()).isEqualTo(version.sha256());
        for (var file : manifest.path("files").properties()) {
            byte[] bytes = Files.readAllBytes(version.folder().resolve(file.getKey()));
            assertThat(file.getValue().path("sha256").asString()).isEqualTo(Sha256.hex(Sha256.of(bytes)));
            assertThat(file.getValue().path("bytes").asLong()).isEqualTo(bytes.length);
        }
        assertThat(manifest.path("files").path("annotations.jsonl").path("rows").asInt())
                .isEqualTo(6);
    }

    @Test
    void the_same_judgments_under_the_same_settings_are_the_same_version() {
        var project = voted.create();
        var comparison = project.comparison("one", "a", "b").votes("1");
        Freeze first = freeze(project.id, ALL_TRAIN);
        Freeze again = freeze(project.id, ALL_TRAIN);
        comparison.votes("- 2");
        Freeze later = freeze(project.id, ALL_TRAIN);

        assertThat(first.isNew()).isTrue();
        assertThat(again).isEqualTo(new Freeze(first.version(), false));
        assertThat(later.isNew()).isTrue();
        assertThat(later.version().number()).isEqualTo(2);
        assertThat(preferences.versions(project.id)).containsExactly(later.version(), first.version());
        assertThat(preferences.find(project.id, 1)).contains(first.version());
        assertThat(foldersBeside(first.version())).noneMatch(folder -> folder.startsWith("writing-"));
    }

    @Test
    void writing_the_same_judgments_again_gives_the_same_bytes() throws IOException {
        var project = voted.create();
        IntStream.range(0, 40)
                .forEach(i ->
                        project.comparison("prompt " + i, "a" + i, "b" + i).votes(i % 3 == 0 ? "1 -2 3" : "-1 2 -3"));
        JudgedProject judged = transaction.execute(_ -> judgedProjects.of(project.id));
        Path one = Files.createTempDirectory("one");
        Path two = Files.createTempDirectory("two");
        var named = projects.find(project.id).orElseThrow();
        writer.write(one, named, judged, FreezeSettings.defaults());
        writer.write(two, named, judged, FreezeSettings.defaults());
        for (DatasetFile file : DatasetFile.values()) {
            assertThat(two.resolve(file.fileName())).hasSameBinaryContentAs(one.resolve(file.fileName()));
        }
    }

    @Test
    void no_prompt_is_in_both_train_and_test() throws IOException {
        var project = voted.create();
        IntStream.range(0, 60)
                .forEach(i -> project.comparison("prompt " + i, "a", "b").votes("1"));
        FreezeSettings settings = new FreezeSettings(1, VotePolicy.DROP, VotePolicy.DROP, MarginRule.NONE, 0.3, 1);

        DatasetVersion version = freeze(project.id, settings).version();

        List<String> train = column(version.train(), "prompt_id");
        List<String> test = column(version.test(), "prompt_id");
        assertThat(train).hasSizeGreaterThan(20).doesNotContainAnyElementsOf(test);
        assertThat(test).hasSizeGreaterThan(5);
        assertThat(train.size() + test.size()).isEqualTo(60);
        assertThat(column(version.train(), "margin")).containsOnly("");
    }

    @Test
    void a_comparison_that_stands_twice_is_frozen_once_with_all_its_votes() throws IOException {
        var project = voted.create();
        var comparison = project.comparison("one", "good", "bad").votes("1");
        project.mirrored(comparison).votes("- -2 -2");

        DatasetVersion version = freeze(project.id, ALL_TRAIN).version();

        assertThat(version.counts().comparisons()).isEqualTo(1);
        JsonNode row = JsonMapper.shared().readTree(version.train().toFile());
        assertThat(row.path("chosen").path(0).path("content").asString()).isEqualTo("good");
        assertThat(row.path("votes").asInt()).isEqualTo(3);
    }

    @Test
    void nothing_to_freeze_says_what_became_of_the_comparisons() {
        var project = voted.create();
        project.comparison("one", "a", "b").votes("t");
        project.comparison("two", "a", "b");
        assertThatThrownBy(() -> freeze(project.id, ALL_TRAIN))
                .isInstanceOf(NothingToFreezeException.class)
                .hasMessage(
                        "There is nothing to freeze: of 2 comparisons none gives a pair (1 without a vote, 1 tied).");
        assertThatThrownBy(() -> freeze(voted.create().id, ALL_TRAIN)).hasMessageContaining("has no comparisons");
    }

    @Test
    void a_freeze_that_is_rolled_back_leaves_no_files() {
        var project = voted.create();
        project.comparison("one", "a", "b").votes("1");
        DatasetVersion[] lost = new DatasetVersion[1];
        transaction.executeWithoutResult(status -> {
            lost[0] = freeze(project.id, ALL_TRAIN).version();
            assertThat(lost[0].train()).exists();
            status.setRollbackOnly();
        });
        assertThat(lost[0].folder()).doesNotExist();
        assertThat(preferences.versions(project.id)).isEmpty();
    }

    @Test
    void annotators_may_neither_look_nor_freeze() {
        var project = voted.create();
        assertThatThrownBy(() -> Roles.as(() -> preferences.preview(project.id), Role.ANNOTATOR))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> Roles.as(() -> preferences.freeze(project.id, ALL_TRAIN), Role.ANNOTATOR))
                .isInstanceOf(AccessDeniedException.class);
    }

    private static List<String> column(Path jsonl, String name) throws IOException {
        return Files.readAllLines(jsonl).stream()
                .map(line -> JsonMapper.shared().readTree(line).path(name).asString(""))
                .toList();
    }

    private static List<String> foldersBeside(DatasetVersion version) {
        try (var folders = Files.list(version.folder().resolveSibling(""))) {
            return folders.map(folder -> folder.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

@OnH2
class FreezeOnH2Test extends FreezeTests {}

@OnPostgres
class FreezeOnPostgresTest extends FreezeTests {}
