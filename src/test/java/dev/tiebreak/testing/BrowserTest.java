package dev.tiebreak.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.tiebreak.testing.Browser.Screen;
import org.junit.jupiter.api.Test;

class BrowserTest {
    @Test
    void debians_chromium_opens_a_page_of_the_size_asked_for() {
        try (Browser browser = Browser.launch();
                var context = browser.context(Screen.PHONE, ColorScheme.DARK)) {
            var page = context.newPage();
            page.setContent("<p>hello</p>");
            assertThat(page.evaluate("innerWidth")).isEqualTo(390);
            assertThat(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"))
                    .isEqualTo(true);
        }
    }
}
