package dev.tiebreak.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.tiebreak.testing.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInBrowserTest {
    @TempDir
    static Path data;

    private static RunningStudio studio;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        studio = RunningStudio.start(data);
        browser = Browser.launch();
    }

    @AfterAll
    static void stop() {
        browser.close();
        studio.close();
    }

    @Test
    void an_administrator_signs_in_and_invites_a_person() {
        Page page = browser.context().newPage();
        page.navigate(studio.address());
        assertThat(page.getByLabel("User name")).isVisible();
        Browser.screenshot(page, "login");
        page.getByLabel("User name").fill("admin");
        page.locator("vaadin-password-field input").fill("tiebreak-admin");
        page.locator("vaadin-button[theme~=primary]").click();
        page.getByText("People").first().click();
        page.getByText("Add a person").click();
        page.getByLabel("User name").fill("grace");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Grace Hopper");
        Browser.screenshot(page, "people-add");
        page.getByText("Save").click();
        assertThat(page.getByText("Send this link to Grace Hopper")).isVisible();
        Browser.screenshot(page, "people-link");
    }

    @Test
    void the_login_page_looks_right_on_a_phone_in_the_dark() {
        Page page = browser.context(Browser.Screen.PHONE, ColorScheme.DARK).newPage();
        page.navigate(studio.address());
        assertThat(page.getByLabel("User name")).isVisible();
        assertThat(page.locator("vaadin-button[theme~=primary]"))
                .hasCSS("background-color", "rgb(142, 170, 252)"); // our accent in the dark, not Lumo's blue
        Browser.screenshot(page, "login-phone-dark");
    }
}
