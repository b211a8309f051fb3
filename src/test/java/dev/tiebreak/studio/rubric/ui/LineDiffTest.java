package dev.tiebreak.studio.rubric.ui;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineDiffTest {

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

    private static String diff(String before, String after) {
        return LineDiff.between(before, after).stream()
                .map(line -> " -+".charAt(line.kind().ordinal()) + line.text())
                .collect(joining("|"));
    }
}
