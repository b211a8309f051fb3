package dev.tiebreak.studio.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What training reads from a dataset version's rows beside training itself.
class DatasetRowsTest {
    @TempDir
    Path folder;

    @Test
    void an_annotator_agrees_with_the_frozen_preference_as_often_as_the_votes_say() throws IOException {
        // (for + 1)/(votes + 2): 2 of 3, 3 of 3, and one vote alone, which says nothing
        Path rows = write(row("a", "b", "c", 0.6, 3), row("a", "b", "c", 0.8, 3), row("a", "b", "c", 0.666667, 1));
        assertThat(AnnotatorShare.of(rows).orElseThrow()).isCloseTo((2 / 3.0 + 1) / 2, within(1e-12));
    }

    @Test
    void single_votes_give_no_share() throws IOException {
        assertThat(AnnotatorShare.of(write(row("a", "b", "c", 0.666667, 1)))).isEmpty();
    }

    @Test
    void a_third_of_a_pairs_letters_are_its_tokens_beside_those_of_the_template() throws IOException {
        Path rows = write(row("x".repeat(30), "y".repeat(60), "z".repeat(90), 0.6, 3));
        assertThat(PairLength.of(rows)).isEqualTo(new PairLength(10 + 30 / 3.0, 60 / 3.0, 90 / 3.0));
    }

    private Path write(String... rows) throws IOException {
        return Files.writeString(folder.resolve("rows.jsonl"), String.join("\n", rows) + "\n");
    }

    private static String row(String prompt, String chosen, String rejected, double softLabel, int votes) {
        return """
                {"prompt":[{"role":"user","content":"%s"}],"chosen":[{"role":"assistant","content":"%s"}],\
                "rejected":[{"role":"assistant","content":"%s"}],"soft_label":%s,"votes":%d}""".formatted(prompt, chosen, rejected, softLabel, votes);
    }
}
