package dev.tiebreak.studio.shell;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class LanguageTest {

    /// The samples that CLDR gives for the cardinal categories of Arabic (unicode.org, supplemental/plurals.xml).
    @ParameterizedTest
    @CsvSource({
        "zero, 0",
        "one, 1",
        "two, 2",
        "few, 3 4 5 6 7 8 9 10 103 104 109 110 1003",
        "many, 11 12 13 25 26 99 111 120 199 1011",
        "other, 100 101 102 200 201 202 300 400 1000 10000 100000 1000000"
    })
    void arabic_counts_in_six_forms(String category, String numbers) {
        for (String number : numbers.split(" ")) {
            assertThat(Language.ARABIC.plural(Long.parseLong(number)))
                    .as(number)
                    .isEqualTo(category);
        }
    }

    @Test
    void english_counts_in_two_forms_and_japanese_in_one() {
        assertThat(Language.ENGLISH.plural(1)).isEqualTo("one");
        assertThat(Language.ENGLISH.plural(0)).isEqualTo("other");
        assertThat(Language.ENGLISH.plural(21)).isEqualTo("other");
        assertThat(Language.JAPANESE.plural(1)).isEqualTo("other");
    }

    @Test
    void a_browser_gets_the_first_of_its_languages_that_the_interface_speaks_with_its_own_region() {
        assertThat(locale("fr-FR,ar-EG;q=0.8,en-GB;q=0.5", null)).isEqualTo(Locale.forLanguageTag("ar-EG"));
        assertThat(locale("en-GB", null)).isEqualTo(Locale.UK);
        assertThat(locale("fr", null)).isEqualTo(Locale.ENGLISH);
        assertThat(locale(null, null)).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void what_was_chosen_comes_before_what_the_browser_prefers() {
        assertThat(locale("en-GB", "ja")).isEqualTo(Locale.JAPANESE);
        assertThat(locale("en-GB,ar-MA;q=0.5", "ar")).isEqualTo(Locale.forLanguageTag("ar-MA"));
        assertThat(locale("ar", "<script>")).as("nonsense in the cookie").isEqualTo(Locale.forLanguageTag("ar"));
    }

    private static Locale locale(@Nullable String accepted, @Nullable String chosen) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        if (accepted != null) {
            request.addHeader("Accept-Language", accepted);
        }
        if (chosen != null) {
            request.setCookies(new Cookie(Language.COOKIE, chosen));
        }
        return Language.localeOf(request);
    }
}
