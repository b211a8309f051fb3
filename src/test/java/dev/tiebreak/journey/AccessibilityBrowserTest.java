package dev.tiebreak.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.testing.Accessibility;
import dev.tiebreak.testing.Browser;
import dev.tiebreak.testing.Browser.Screen;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// WCAG 2.2 AA as far as a machine can tell – names, contrast, sizes – and the board by keyboard alone.
@Tag("slow")
class AccessibilityBrowserTest {
    @TempDir
    static Path data;

    private static RunningStudio studio;
    private static Browser browser;
    private static List<Cookie> administrator;
    private static ProjectId project;

    @BeforeAll
    static void start() throws Exception {
        studio = RunningStudio.start(data);
        browser = Browser.launch();
        administrator = People.signIn(browser, studio, "admin");
        project = studio.project("Everyday assistant");
    }

    @AfterAll
    static void stop() {
        browser.close();
        studio.close();
    }

    @ParameterizedTest
    @CsvSource({"DESKTOP,LIGHT", "DESKTOP,DARK", "PHONE,LIGHT", "PHONE,DARK", "TABLET,LIGHT"})
    void the_board_in_every_state(Screen screen, ColorScheme scheme) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        try (BrowserContext context = signedIn(screen, scheme)) {
            BoardPage board = BoardPage.open(context, studio, project).ready();
            look(found, "judging", board.page());
            board.press("g");
            look(found, "rubric", board.page());
            board.press("?");
            look(found, "keys", board.page());
            board.page().getByLabel("Tie: 4").click();
            board.press("m");
            look(found, "a key refused", board.page());
            board.press("Escape").press("Escape").press("v");
            look(found, "view", board.page());
            board.press("Escape").press("s").press("2");
            look(found, "skipping", board.page());
            board.press("Escape").press("d").press("c");
            look(found, "differences and the whole prompt", board.page());
            board.press("r").type("because");
            look(found, "rationale", board.page());
            board.press("Escape").press("a").press("m");
            look(found, "one side, as source", board.page());
            context.setOffline(true);
            board.press("4").unsaved(1);
            look(found, "offline", board.page());
            context.setOffline(false);
            board.saved();
            context.clearCookies();
            board.press("3");
            board.page().locator(".banner").waitFor();
            look(found, "signed out", board.page());
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void the_pages_of_flow(ColorScheme scheme) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        String pages = "projects/" + project.value();
        try (BrowserContext context = signedIn(Screen.DESKTOP, scheme)) {
            Page page = context.newPage();
            for (String path : List.of(
                    "annotate",
                    "projects",
                    pages,
                    pages + "/prompts",
                    pages + "/agreement",
                    pages + "/datasets",
                    "rubrics",
                    "rubrics/helpful-honest-harmless",
                    "training",
                    "checkpoints",
                    "people")) {
                page.navigate(studio.address() + "/" + path);
                page.getByRole(AriaRole.HEADING).first().waitFor();
                look(found, path, page);
            }
        }
        try (BrowserContext stranger = browser.context(Screen.DESKTOP, scheme)) {
            Page page = stranger.newPage();
            page.navigate(studio.address());
            page.getByLabel("User name").waitFor();
            look(found, "login", page);
        }
        assertThat(found).isEmpty();
    }

    @Test
    void a_comparison_is_judged_by_tabulator_and_enter_with_the_focus_always_in_sight() {
        try (BrowserContext context = signedIn(Screen.DESKTOP, ColorScheme.LIGHT)) {
            BoardPage board = BoardPage.open(context, studio, project).ready();
            Page page = board.page();
            String before = board.progress().textContent();
            page.keyboard().press("Tab");
            assertThat(focused(page)).isEqualTo("To the decision");
            page.keyboard().press("Enter"); // past the header and the texts
            page.keyboard().press("Tab");
            assertThat(focused(page)).isEqualTo("A much better");
            for (String next : List.of("A clearly better", "A slightly better", "Tie", "B slightly better")) {
                page.keyboard().press("Tab");
                assertThat(focused(page)).isEqualTo(next);
                assertThat((Boolean) page.evaluate("""
                                () => {
                                    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
                                    const box = document.activeElement.getBoundingClientRect();
                                    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                                    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
                                        && document.activeElement.contains(top);
                                }
                                """))
                        .as("focus on " + next + " is seen")
                        .isTrue();
            }
            page.keyboard().press("Enter");
            board.saved();
            assertThat(board.progress().textContent()).isNotEqualTo(before);
        }
    }

    private static String focused(Page page) {
        return (String) page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent.trim()");
    }

    private static BrowserContext signedIn(Screen screen, ColorScheme scheme) {
        BrowserContext context = browser.context(screen, scheme);
        context.addCookies(administrator);
        return context;
    }

    private static void look(Map<String, List<String>> found, String where, Page page) {
        page.waitForTimeout(300); // colours fade in
        List<String> violations = Accessibility.violations(page);
        if (!violations.isEmpty()) {
            found.put(where, violations);
        }
    }
}
