package dev.tiebreak.rlhf.tokenizer.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expected texts are those of Python 3.11's `datetime.strftime` in the C locale.
class StrftimeTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2024, 7, 6, 15, 4, 9);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            %d %b %Y     | 06 Jul 2024
            %B %-d, %Y   | July 6, 2024
            %A, %d.%m.%y | Saturday, 06.07.24
            %H:%M:%S     | 15:04:09
            %I %p        | 03 PM
            day %j       | day 188
            100%%        | 100%
            """)
    void dates_are_written_as_python_writes_them(String format, String expected) {
        assertThat(rendered(format)).isEqualTo(expected);
    }

    @Test
    void what_is_not_known_is_named() {
        assertThatThrownBy(() -> rendered("%Z")).hasMessageContaining("the date format '%Z' is not supported");
    }

    private static String rendered(String format) {
        return JinjaTemplate.parse("{{ strftime_now('" + format + "') }}", NOW).render(Map.of());
    }
}
