package dev.tiebreak.studio.rubric;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextDiffTest {

    @Test
    void a_changed_line_is_removed_and_added_between_lines_that_stay() {
        assertThat(diff("a\nb\nc\n", "a\nB\nc\nd\n")).isEqualTo(" a|-b|+B| c|+d");
    }

    @Test
    void equal_texts_have_only_lines_that_stay_and_empty_texts_none() {
        assertThat(diff("a\nb", "a\nb\n")).isEqualTo(" a| b");
        assertThat(diff("", "")).isEmpty();
        assertThat(diff("", "a")).isEqualTo("+a");
        assertThat(diff("a", "")).isEqualTo("-a");
    }

    @Test
    void a_moved_line_costs_one_removal_and_one_addition() {
        assertThat(diff("x\na\nb\nc", "a\nb\nc\nx")).isEqualTo("-x| a| b| c|+x");
    }

    @Test
    void words_change_one_by_one_and_neighbours_are_joined() {
        assertThat(words("Drink both slowly.", "Drink both, but slowly.")).isEqualTo(" Drink both|+, but|  slowly.");
        assertThat(words("", "new words here")).isEqualTo("+new words here");
        assertThat(words("same", "same")).isEqualTo(" same");
    }

    @Test
    void a_script_without_spaces_changes_character_by_character() {
        assertThat(words("緑茶を飲む", "紅茶を飲む")).isEqualTo("-緑|+紅| 茶を飲む");
    }

    @Test
    void texts_too_large_for_a_table_keep_their_common_beginning_and_end() {
        String many = "x ".repeat(3000);
        String others = "y ".repeat(3000);
        assertThat(TextDiff.words("a " + many + "z", "a " + others + "z").stream()
                        .map(piece -> piece.kind() + " " + piece.text().length())
                        .toList())
                .containsExactly("SAME 2", "REMOVED 5999", "ADDED 5999", "SAME 2");
    }

    private static String words(String before, String after) {
        return written(TextDiff.words(before, after));
    }

    private static String diff(String before, String after) {
        return written(TextDiff.lines(before, after));
    }

    private static String written(List<TextDiff.Piece> pieces) {
        return pieces.stream()
                .map(piece -> " -+".charAt(piece.kind().ordinal()) + piece.text())
                .collect(joining("|"));
    }
}
