package dev.tiebreak.studio.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeCellTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "'=1", "''-x"})
    void a_cell_that_could_start_a_formula_gets_an_apostrophe_that_can_be_taken_away(String text) {
        assertThat(SafeCell.of(text)).isEqualTo("'" + text);
        assertThat(SafeCell.original(SafeCell.of(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "a=b", "'tis", "1-2", "<script>", " =1"})
    void any_other_cell_stays_as_it_is(String text) {
        assertThat(SafeCell.of(text)).isEqualTo(text);
        assertThat(SafeCell.original(text)).isEqualTo(text);
    }
}
