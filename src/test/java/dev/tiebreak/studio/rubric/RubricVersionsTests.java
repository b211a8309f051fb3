package dev.tiebreak.studio.rubric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

abstract class RubricVersionsTests {

    @OnH2
    static class OnH2Test extends RubricVersionsTests {}

    @OnPostgres
    static class OnPostgresTest extends RubricVersionsTests {}

    @Autowired
    RubricVersionRepository repository;

    @Autowired
    RubricService studio;

    @TempDir
    Path folder;

    private final RubricKey key = new RubricKey("tea-" + UUID.randomUUID());
    private final String text = RubricReaderTest.SOUND.replace("key: tea", "key: " + key);
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private RubricService rubrics;

    @BeforeEach
    void service() {
        rubrics = new RubricService(repository, () -> now, folder);
    }

    @Test
    void the_rubrics_of_the_house_are_there_once_the_studio_has_started() {
        assertThat(studio.current())
                .extracting(rubric -> rubric.key().value())
                .contains("helpful-honest-harmless", "summarisation");
        assertThat(studio.problems()).isEmpty();
    }

    @Test
    void a_text_becomes_a_version_once_however_often_and_with_whatever_line_ends_it_is_read() throws IOException {
        write(text);
        rubrics.reload();
        rubrics.reload();
        write(text.replace("\n", "\r\n"));
        rubrics.reload();

        Rubric only = rubrics.current(key).orElseThrow();
        assertThat(rubrics.versions(key)).containsExactly(only);
        assertThat(only.version()).isEqualTo(1);
        assertThat(only.source()).isEqualTo(text);
        assertThat(only.title()).isEqualTo("Tea");
        assertThat(rubrics.find(only.id())).contains(only);
    }

    @Test
    void a_new_text_is_the_next_version_and_the_old_one_stays_readable() throws IOException {
        read(text);
        Rubric first = rubrics.current(key).orElseThrow();
        read(text.replace("Drink both.", "Drink both, slowly."));

        Rubric second = rubrics.current(key).orElseThrow();
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.instructions()).isEqualTo("Drink both, slowly.");
        assertThat(rubrics.versions(key)).containsExactly(second, first);
        assertThat(rubrics.find(first.id())).contains(first);
    }

    @Test
    void going_back_to_an_old_text_puts_the_old_version_in_force_again() throws IOException {
        read(text);
        Rubric first = rubrics.current(key).orElseThrow();
        read(text.replace("Drink both.", "Drink both, slowly."));
        read(text);

        assertThat(rubrics.current(key)).contains(first);
        assertThat(rubrics.versions(key)).hasSize(2);
    }

    @Test
    void a_broken_file_shows_its_problems_and_leaves_the_last_good_version_in_force() throws IOException {
        read(text);
        read(text.replace("title: Tea", "titel: Tea"));

        assertThat(rubrics.problems())
                .extracting(RubricProblem::toString)
                .containsExactly("tea.yaml:1: key 'title' is missing", "tea.yaml:2: unknown key 'titel'");
        assertThat(rubrics.current(key).orElseThrow().title()).isEqualTo("Tea");

        read(text);
        assertThat(rubrics.problems()).isEmpty();
    }

    @Test
    void a_file_that_is_gone_leaves_its_rubric_in_force() throws IOException {
        read(text);
        Files.delete(folder.resolve("tea.yaml"));
        rubrics.reload();

        assertThat(rubrics.current(key)).isPresent();
    }

    @Test
    void two_files_cannot_share_a_key_and_text_that_is_not_utf8_is_a_problem() throws IOException {
        write(text);
        Files.writeString(folder.resolve("zoo.yaml"), text);
        Files.write(folder.resolve("latin.yaml"), new byte[] {'k', (byte) 0xE9});
        rubrics.reload();

        assertThat(rubrics.problems())
                .extracting(RubricProblem::toString)
                .containsExactly(
                        "latin.yaml:1: is not UTF-8 text",
                        "zoo.yaml:1: key '%s' belongs to tea.yaml already".formatted(key));
    }

    @Test
    void a_folder_that_is_missing_is_a_problem_and_not_a_failure() {
        var nowhere = new RubricService(repository, () -> now, folder.resolve("nowhere"));
        nowhere.reload();

        assertThat(nowhere.problems()).singleElement().asString().endsWith("the folder of rubrics cannot be read");
    }

    private void read(String yaml) throws IOException {
        now = now.plusSeconds(60);
        write(yaml);
        rubrics.reload();
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("tea.yaml"), yaml);
    }
}
