package dev.tiebreak.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import dev.tiebreak.testing.Browser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The board's keys: on every keyboard, and each person's own.
class KeysBrowserTest {
    @TempDir
    static Path data;

    private static RunningStudio studio;
    private static Browser browser;
    private static List<Cookie> annotator;
    private BrowserContext context;
    private BoardPage board;

    @BeforeAll
    static void start() throws Exception {
        studio = RunningStudio.start(data);
        browser = Browser.launch();
        annotator = People.signIn(browser, studio, "annotator");
    }

    @AfterAll
    static void stop() {
        browser.close();
        studio.close();
    }

    @BeforeEach
    void open() throws Exception {
        context = browser.context();
        context.addCookies(annotator);
        board = BoardPage.open(context, studio, PairProject.numbered(studio, 6, 2))
                .ready();
    }

    @AfterEach
    void leave() {
        context.close();
    }

    @Test
    void a_key_is_changed_by_keyboard_alone_and_shown_on_its_button_from_then_on() {
        board.press("?");
        changeOf("Tie").focus();
        board.press("Enter").press("t");
        assertThat(changeOf("Tie")).hasText("T");
        Browser.screenshot(board.page(), "keys-own");
        board.press("Escape");
        assertThat(keys()).isHidden();
        assertThat(decision("Tie").locator("kbd")).hasText("T");

        board.press("4"); // no longer a key
        assertThat(board.progress()).hasText("0 of 6");
        board.press("t");
        assertThat(board.progress()).hasText("1 of 6");
        assertThat(board.page().locator(".last")).hasText("Last: Tie");
        board.saved();

        board.page().reload();
        board.ready().press("t");
        assertThat(board.progress()).hasText("2 of 6");
        board.saved();
    }

    @Test
    void another_persons_keys_and_the_usual_ones_are_not_touched() {
        board.press("?");
        changeOf("Both bad").click();
        board.press("x").press("Escape");
        assertThat(other("Both bad").locator("kbd")).hasText("X");

        context.clearCookies();
        context.addCookies(People.signIn(browser, studio, "lead"));
        board.page().reload();
        board.ready();
        assertThat(other("Both bad").locator("kbd")).hasText("0");

        context.clearCookies();
        context.addCookies(annotator);
        board.page().reload();
        board.ready().press("?");
        keys().getByText("Usual keys again").click();
        board.press("Escape");
        assertThat(other("Both bad").locator("kbd")).hasText("0");
    }

    @Test
    void a_key_that_is_taken_is_refused_with_the_name_of_what_has_it() {
        board.press("?");
        changeOf("Tie").click();
        board.press("m");
        assertThat(keys().getByRole(AriaRole.ALERT))
                .hasText("M is the key of “Markdown rendered, or the source as written”. Choose another.");
        board.press("f");
        assertThat(keys().getByRole(AriaRole.ALERT)).hasText("F is the key of “Flag a problem”. Choose another.");
        board.press("Control+k");
        assertThat(keys().getByRole(AriaRole.ALERT)).hasText("A letter, a digit or a sign, without Ctrl or Alt.");
        board.press("Escape"); // leaves the choice, not the dialog
        assertThat(keys()).isVisible();
        assertThat(changeOf("Tie")).hasText("4");
        assertThat(keys().getByRole(AriaRole.ALERT)).hasText("");
        board.press("Escape");
        assertThat(keys()).isHidden();
        assertThat(board.progress()).hasText("0 of 6");
    }

    /// What browsers report on other keyboards: the character, and the place of the key.
    @ParameterizedTest
    @CsvSource({
        "Russian, ы, KeyS, false, Why skip this comparison?",
        "Greek, σ, KeyS, false, Why skip this comparison?",
        "Arabic, س, KeyS, false, Why skip this comparison?",
        "Hebrew, ד, KeyS, false, Why skip this comparison?",
        "Dvorak, s, Semicolon, false, Why skip this comparison?",
        "Arabic question, ؟, Slash, true, Keys",
        "Russian question, ?, Digit7, true, Keys",
        "German question, ?, Minus, true, Keys"
    })
    void letters_are_found_on_other_keyboards(String keyboard, String key, String code, boolean shift, String dialog) {
        dispatch(key, code, shift);
        assertThat(board.page().getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(dialog)))
                .isVisible();
    }

    @ParameterizedTest
    @CsvSource({
        "French, '\"', Digit3, false, A slightly better",
        "French with Shift, 3, Digit3, true, A slightly better",
        "Czech, š, Digit3, false, A slightly better",
        "Arabic, ٣, Digit3, false, A slightly better",
        "Persian, ۳, Digit3, false, A slightly better",
        "number pad, 3, Numpad3, false, A slightly better",
        "full width, ３, Digit3, false, A slightly better"
    })
    void digits_are_found_on_other_keyboards(String keyboard, String key, String code, boolean shift, String choice) {
        dispatch(key, code, shift);
        assertThat(board.page().locator(".last")).hasText("Last: " + choice);
        board.saved();
    }

    @Test
    void undo_is_found_on_a_russian_keyboard() {
        board.press("2");
        board.page().evaluate("""
                () => dispatchEvent(new KeyboardEvent('keydown', { key: 'я', code: 'KeyZ', ctrlKey: true, cancelable: true }))
                """);
        assertThat(board.page().locator(".last")).hasText("Reopened. You had chosen: A clearly better.");
        board.saved();
    }

    @Test
    void every_button_of_the_board_shows_the_key_that_does_the_same() {
        Locator buttons = board.page()
                .locator(".decision button, .comparison:not(.ahead) [data-action], .tools button:not(.icon)");
        assertThat(buttons.count()).isGreaterThan(18);
        assertThat(buttons.evaluateAll("""
                buttons => buttons.filter(button => {
                    const shown = button.querySelector('kbd')?.textContent.toLowerCase().replace('−', '-').replace('ctrl z', 'control+z');
                    return !shown || !button.getAttribute('aria-keyshortcuts').toLowerCase().split(' ').includes(shown);
                }).map(button => button.textContent.trim())
                """)).isEqualTo(List.of());
    }

    private void dispatch(String key, String code, boolean shift) {
        board.page().evaluate("""
                ([key, code, shiftKey]) => dispatchEvent(new KeyboardEvent('keydown', { key, code, shiftKey, cancelable: true }))
                """, List.of(key, code, shift));
    }

    private Locator keys() {
        return board.page().getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Keys"));
    }

    private Locator changeOf(String action) {
        return keys().locator("li")
                .filter(new Locator.FilterOptions()
                        .setHas(board.page().getByText(action, new Page.GetByTextOptions().setExact(true))))
                .getByRole(AriaRole.BUTTON);
    }

    private Locator decision(String name) {
        return board.page().locator(".choice").filter(new Locator.FilterOptions().setHasText(name));
    }

    private Locator other(String name) {
        return board.page().locator(".other").filter(new Locator.FilterOptions().setHasText(name));
    }
}
