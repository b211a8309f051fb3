package dev.tiebreak.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tiebreak.journey.BoardPage.Shown;
import dev.tiebreak.journey.PairProject.Pair;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.Turn;
import dev.tiebreak.testing.Browser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prompts and completions that try to run, to fetch, to cover the page, to break out or to hide: each shows as the
/// text it is, on the board and on the pages of Flow.
class HostileTextBrowserTest {
    private static final List<String> ATTACKS = List.of(
            "<script>window.pwned = 1; alert(1)</script> after a script",
            "<img src=x onerror=\"window.pwned = 2\"><svg onload=\"window.pwned = 3\"></svg>",
            "<style>* { display: none !important }</style> after a style",
            "<div style=\"position:fixed;inset:0;z-index:9999;background:red\">an overlay</div>",
            "[click me](javascript:window.pwned=4) <a href=\"javascript:window.pwned=5\">or me</a> <javascript:alert(6)>",
            "![tracker](https://evil.example/pixel.png) <img src=\"https://evil.example/2.png\">",
            "[linked](https://evil.example/) https://evil.example/auto <https://evil.example/angle>",
            "![data](data:image/svg+xml;base64,PHN2Zz4=) [page](data:text/html;base64,PHNjcmlwdD4=)",
            "[ref]: https://evil.example \"a hidden title\"\n\n![ref] and [ref] after the definition",
            "</tb-board></main></body></html><h1>escaped</h1> <tb-board></tb-board> <!-- comment",
            "<iframe src=\"https://evil.example/\"></iframe><object data=\"//evil.example\"></object>"
                    + "<link rel=stylesheet href=\"https://evil.example/a.css\"><meta http-equiv=refresh content=0>",
            "<form action=\"https://evil.example\"><input name=q autofocus onfocus=\"window.pwned=7\"></form>",
            "&lt;script&gt; &#60;b&#62; &amp; ${window.pwned = 8} {{window.pwned = 9}} <%= 1 %>",
            "price \u202E001 ylno\u202C, zero\u200Bwidth, \u2066isolate\u2069, bell\u0007, \u00ADsoft, \u3164filled, \uFE01\uDB40\uDD10smuggled",
            "> ".repeat(300) + "a deep quote",
            "- ".repeat(300) + "a deep list",
            "x".repeat(100_000),
            "[(".repeat(20_000),
            "*_`~".repeat(5_000),
            "A\u0300".repeat(50) + "Z\u0353\u0358\u0307\u0301".repeat(400) + "z" + "\u0301".repeat(3_000) + " marks",
            "```html\n<script>window.pwned = 10</script>\n```\n\n    <img src=x onerror=alert(1)>\n\n`<b>`",
            "$\\href{javascript:window.pwned=11}{x}$ \\(\\url{https://evil.example/}\\) $\\includegraphics{https://evil.example/3.png}$",
            "$\\text{<img src=x onerror=\"window.pwned = 12\">}$ and $\\text{<script>window.pwned = 13</script>}$",
            "$$\\def\\a{\\a\\a}\\a$$ \\[\\kern-90em x^2\\] $\\raisebox{50em}{x^2}$ $\\rule{90em}{90em}$",
            "$x^2$ ".repeat(12_000),
            "$$\n".repeat(20_000),
            "\\(".repeat(30_000),
            "$" + "{".repeat(400) + "x^2" + "}".repeat(400) + "$",
            "$\\text{price \u202E001\u202C}$ and ```\u202Ecode\u202C```");

    private static final String HARMLESS = "Something harmless to compare with.";

    @TempDir
    static Path data;

    private static RunningStudio studio;
    private static Browser browser;
    private static ProjectId project;

    @BeforeAll
    static void start() throws Exception {
        studio = RunningStudio.start(data);
        browser = Browser.launch();
        List<Pair> pairs = ATTACKS.stream()
                .map(attack -> new Pair(List.of(Turn.user(attack)), attack, HARMLESS))
                .toList();
        project = PairProject.of(studio, 1, pairs);
    }

    @AfterAll
    static void stop() {
        browser.close();
        studio.close();
    }

    @Test
    void on_the_board_it_is_text_that_runs_nothing_fetches_nothing_and_covers_nothing() {
        try (BrowserContext context = browser.context()) {
            context.addCookies(People.signIn(browser, studio, "annotator"));
            Watched watched = new Watched(context);
            BoardPage board = BoardPage.open(context, studio, project).ready();
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < ATTACKS.size(); i++) {
                assertThat(board.progress()).hasText(i + " of " + ATTACKS.size());
                assertNothingButText(board);
                Browser.screenshot(board.page(), "hostile-" + i);
                board.press("m");
                seen.add(asWritten(board));
                board.press("m");
                board.press("4");
            }
            board.saved();
            assertThat(seen).isEqualTo(new HashSet<>(ATTACKS));
            watched.assertHarmless(board.page());
        }
    }

    private static void assertNothingButText(BoardPage board) {
        Locator panes = board.comparison();
        assertThat(panes.locator(
                        "script, img, svg, style, iframe, object, embed, link, meta, form, input, a, tb-board"))
                .hasCount(0);
        assertThat(panes.locator(".pane")).hasCount(2);
        assertThat(board.page().locator("h1")).hasCount(1);
        Locator tie = board.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Tie"));
        tie.click(new Locator.ClickOptions().setTrial(true)); // not covered by anything
        assertThat((Integer) board.page().evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as("too wide")
                .isLessThanOrEqualTo(0);
        assertThat((Boolean) board.page().evaluate("""
                        [...document.querySelectorAll('.comparison:not(.ahead) *')]
                            .every(element => ['static', 'relative', 'sticky'].includes(getComputedStyle(element).position)
                                || element.className === 'sr-only')
                        """))
                .as("nothing leaves its place")
                .isTrue();
    }

    /// The attacking completion, the rest of a long one unfolded.
    private static String asWritten(BoardPage board) {
        board.comparison().locator(".more").evaluateAll("buttons => buttons.forEach(button => button.click())");
        Shown shown = board.shown();
        return shown.left().equals(HARMLESS) ? shown.right() : shown.left();
    }

    @Test
    void on_the_pages_of_flow_it_is_text_too() {
        try (BrowserContext context = browser.context()) {
            context.addCookies(People.signIn(browser, studio, "lead"));
            Watched watched = new Watched(context);
            Page page = context.newPage();
            page.navigate(studio.address() + "/projects/" + project.value() + "/prompts");
            page.getByText("after a script").first().waitFor();
            Browser.screenshot(page, "hostile-prompts");
            for (int i = 0; i < 17; i++) { // the rest is for the renderer, which is the same
                page.locator("vaadin-grid").evaluate("(grid, row) => grid.scrollToIndex(row)", i);
                page.locator(".tb-prompt-opener")
                        .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + (i + 1) + "\\. ")))
                        .click();
                Locator dialog = page.getByRole(AriaRole.DIALOG);
                assertThat(dialog.locator("tb-markdown")).hasCount(3);
                assertThat(dialog.locator("script, img, iframe, object, form, input, a"))
                        .hasCount(0);
                dialog.getByText("Close").click(); // not covered by anything
                assertThat(dialog).isHidden();
            }
            watched.assertHarmless(page);
        }
    }

    /// What a page asked for and what it was made to do.
    private static final class Watched {
        private final List<String> foreign = Collections.synchronizedList(new ArrayList<>());
        private final List<String> opened = Collections.synchronizedList(new ArrayList<>());

        Watched(BrowserContext context) {
            context.onRequest(request -> {
                if (!request.url().startsWith(studio.address() + "/")) {
                    foreign.add(request.url());
                }
            });
            context.onPage(page -> {
                page.onDialog((Dialog dialog) -> {
                    opened.add(dialog.message());
                    dialog.dismiss();
                });
                page.onPopup(popup -> opened.add(popup.url()));
            });
        }

        void assertHarmless(Page page) {
            assertThat(page.evaluate("window.pwned ?? null"))
                    .as("no script ran")
                    .isNull();
            assertThat(foreign).as("requests that left the page's origin").isEmpty();
            assertThat(opened).as("dialogs and windows").isEmpty();
        }
    }
}
