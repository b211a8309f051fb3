package dev.tiebreak.studio.rubric;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.studio.rubric.RubricReader.Reading.Sound;
import java.util.List;
import org.junit.jupiter.api.Test;

class RubricChangeTest {
    private static final String TEA = RubricReaderTest.SOUND.replace(
            "instructions: Drink both.", "instructions: |\n  Drink both.\n  Then choose.");

    @Test
    void a_changed_word_is_told_with_the_part_it_stands_in() {
        assertThat(told(TEA.replace("Drink both.", "Drink both, slowly.")))
                .containsExactly("INSTRUCTIONS : Drink both[+, slowly]. Then choose.");
    }

    @Test
    void what_a_reader_does_not_see_is_no_change() {
        assertThat(told(TEA)).isEmpty();
        assertThat(told(TEA + "# a remark\n")).isEmpty();
        assertThat(told(TEA.replace("both.\n  Then", "both. Then\n ")))
                .as("wrapped otherwise")
                .isEmpty();
        assertThat(told(TEA.replace("Drink both.", "Drink **both**.")))
                .as("stressed otherwise")
                .isEmpty();
    }

    @Test
    void items_of_a_list_stay_apart() {
        List<String> told = told(TEA.replace("choose.", "choose.\n  - hot\n  - cold"));
        assertThat(told).containsExactly("INSTRUCTIONS : Drink both. Then choose.[+\n- hot\n- cold]");
    }

    private static List<String> told(String now) {
        return RubricChange.between(sheet(TEA), sheet(now)).stream()
                .map(change -> change.part() + " " + change.name() + ": "
                        + change.words().stream().map(RubricChangeTest::marked).collect(joining()))
                .toList();
    }

    private static String marked(TextDiff.Piece piece) {
        return switch (piece.kind()) {
            case SAME -> piece.text();
            case REMOVED -> "[-" + piece.text() + "]";
            case ADDED -> "[+" + piece.text() + "]";
        };
    }

    private static RubricSheet sheet(String yaml) {
        return ((Sound) RubricReader.read("tea.yaml", yaml)).sheet();
    }
}
