package dev.tiebreak.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import dev.tiebreak.journey.PairProject.Pair;
import dev.tiebreak.studio.dataset.Turn;
import dev.tiebreak.testing.Browser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two completions on the board, as a person reads them.
class ReadingBrowserTest {
    @TempDir
    static Path data;

    private static RunningStudio studio;
    private static Browser browser;
    private static List<Cookie> annotator;
    private BrowserContext context;

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
    void signIn() {
        context = browser.context();
        context.addCookies(annotator);
    }

    @AfterEach
    void leave() {
        context.close();
    }

    private BoardPage board(Pair... pairs) throws Exception {
        return BoardPage.open(context, studio, PairProject.of(studio, 2, List.of(pairs)))
                .ready();
    }

    /// The completion that the board shows in A or in B, wherever it was placed.
    private static Locator completion(BoardPage board, String text) {
        return board.comparison().locator(".pane").filter(new Locator.FilterOptions().setHasText(text));
    }

    @Test
    void formulas_are_set_and_money_is_not_a_formula() throws Exception {
        BoardPage board = board(new Pair(
                "Solve it.",
                """
                Set: $x^2 + 1$, \\(\\frac{a}{b}\\), $n$ and $f(x)$.

                $$
                \\sum_{i=1}^n i = \\frac{n(n+1)}{2}
                $$

                \\[
                \\begin{aligned}
                a &= b \\\\
                - c &= d
                \\end{aligned}
                \\].
                """,
                "Money: $5 and $10, $5-$10, $20/month or $3/day, 3$ and 4$, USD $1,000 to $2,000, a \\$ sign."));
        Locator formulas = completion(board, "Set:").locator("math");
        assertThat(formulas).hasCount(6);
        assertThat(formulas.locator("mfrac")).hasCount(2);
        assertThat(formulas.locator("mtable")).hasCount(1);
        assertThat(completion(board, "Set:").locator("code.math")).hasCount(0);
        assertThat(completion(board, "Money:").locator("math, code")).hasCount(0);
        assertThat(completion(board, "Money:").locator(".pane-body"))
                .hasText("Money: $5 and $10, $5-$10, $20/month or $3/day, 3$ and 4$, USD $1,000 to $2,000, a $ sign.");
        Browser.screenshot(board.page(), "reading-maths");
    }

    @Test
    void a_formula_that_would_hide_cover_colour_or_fetch_stays_as_written() throws Exception {
        List<String> formulas = List.of(
                "$\\phantom{secret}$",
                "$\\color{white}{hidden}$",
                "$\\textcolor{#fff}{x}$",
                "$a\\kern-5em b$",
                "$\\rlap{abc}d$",
                "$\\llap{abc}d$",
                "$\\raisebox{9em}{x}$",
                "$\\hspace{-3em}x$",
                "$\\tiny\\tiny x$",
                "$\\Huge{x}$",
                "$\\def\\a{\\a\\a}\\a$",
                "$\\newcommand{\\b}{x}\\b$",
                "$\\href{javascript:alert(1)}{x}$",
                "$\\includegraphics{https://evil.example/x.png}$",
                "$\\class{sr-only}{x}$",
                "$\\style{position:fixed}{x}$",
                "$\\htmlId{x}{y}$",
                "$" + "\\!".repeat(40) + "x$",
                "$" + "{".repeat(240) + "x^2$",
                "$\\frac{1}{$");
        BoardPage board = board(new Pair("p", "Formulas: " + String.join(" and ", formulas), "b"));
        Locator shown = completion(board, "Formulas:");
        assertThat(shown.locator("math")).hasCount(0);
        assertThat(shown.locator(".pane-body")).hasText("Formulas: " + String.join(" and ", formulas));
    }

    @Test
    void code_is_coloured_in_the_language_its_fence_names_and_nothing_of_it_is_lost() throws Exception {
        String python = "def f(x):\n    # <b>note</b>\n    return 'a' + str(1)";
        BoardPage board = board(new Pair(
                "p", "Coloured:\n\n```python\n" + python + "\n```", "Plain:\n\n```brainfuck\n+[-->]<script>\n```"));
        Locator code = completion(board, "Coloured:").locator("pre code");
        assertThat(code).hasText(python);
        assertThat(code.locator(".code-keyword").allTextContents()).containsExactly("def", "return");
        assertThat(code.locator(".code-string")).hasText("'a'");
        assertThat(code.locator(".code-comment")).hasText("# <b>note</b>");
        assertThat(completion(board, "Plain:").locator("pre code")).hasText("+[-->]<script>");
        assertThat(completion(board, "Plain:").locator("pre code span")).hasCount(0);
    }

    @Test
    void tables_are_complete_with_their_alignment() throws Exception {
        BoardPage board = board(new Pair("p", "| n | name |\n|--:|:-:|\n| 1 | **one** |\n| 2 | `a\\|b` |", "b"));
        Locator table = board.comparison().locator("table");
        assertThat(table.locator("th").allTextContents()).containsExactly("n", "name");
        assertThat(table.locator("td").allTextContents()).containsExactly("1", "one", "2", "a|b");
        assertThat(table.locator("td").first()).hasCSS("text-align", "right");
        assertThat(table.locator("td").nth(1)).hasCSS("text-align", "center");
    }

    @Test
    void lists_tables_and_quotes_run_the_way_of_their_letters_and_the_language_is_told_where_the_script_tells()
            throws Exception {
        String arabic = "مرحبا.\n\n- واحد\n- اثنان\n\n| أ | ب |\n|---|---|\n| ج | د |\n\n> اقتباس";
        BoardPage board = board(new Pair("日本語の質問です。", arabic, "这是一个很长的中文测试文本。\n\n- one\n- שלום"));
        Locator rightToLeft = completion(board, "مرحبا");
        for (String block : List.of("p >> nth=0", "ul", "table", "blockquote")) {
            assertThat(rightToLeft.locator(block)).hasCSS("direction", "rtl");
        }
        Locator first = rightToLeft.locator("th").first();
        assertThat(first.boundingBox().x)
                .isGreaterThan(rightToLeft.locator("th").last().boundingBox().x);
        assertThat(completion(board, "这是").locator("ul")).hasCSS("direction", "ltr");
        assertThat(completion(board, "这是").locator(".markdown")).hasAttribute("lang", "zh");
        assertThat(board.comparison().locator(".prompt .markdown")).hasAttribute("lang", "ja");
        assertThat(rightToLeft.locator(".markdown")).hasAttribute("lang", ""); // Arabic letters write many languages
        Browser.screenshot(board.page(), "reading-right-to-left");
    }

    @Test
    void both_completions_scroll_together_each_by_its_share() throws Exception {
        BoardPage board = board(new Pair("p", lines(60), lines(180)));
        Page page = board.page();
        page.mouse().move(300, 400);
        page.mouse().wheel(0, 300);
        page.waitForTimeout(300);
        assertThat(share(board, "a")).isGreaterThan(0.02).isCloseTo(share(board, "b"), within(0.01));

        page.keyboard().press("End"); // nothing has the focus
        page.waitForTimeout(300);
        assertThat(share(board, "a")).isCloseTo(1, within(0.01));
        assertThat(share(board, "b")).isCloseTo(1, within(0.01));

        page.keyboard().down("Alt");
        page.mouse().wheel(0, -400);
        page.waitForTimeout(300);
        page.keyboard().up("Alt");
        assertThat(share(board, "a")).isLessThan(0.95);
        assertThat(share(board, "b")).isCloseTo(1, within(0.01));

        board.press("y");
        assertThat(page.locator(".last")).hasText("A and B scroll each for itself.");
        double b = share(board, "b");
        page.mouse().wheel(0, -200);
        page.waitForTimeout(300);
        assertThat(share(board, "b")).isEqualTo(b);
    }

    private static double share(BoardPage board, String side) {
        return ((Number) board.comparison()
                        .locator(".pane." + side + " .pane-body")
                        .evaluate("box => box.scrollTop / (box.scrollHeight - box.clientHeight)"))
                .doubleValue();
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "Line number " + i + " of " + count + ".")
                .collect(joining("\n\n"));
    }

    @Test
    void what_stands_in_one_completion_only_is_marked_word_by_word() throws Exception {
        BoardPage board = board(
                new Pair("p", "The quick brown fox jumps over the lazy dog.", "The quick red fox jumps over the dog."),
                new Pair("q", "我喜欢吃苹果和香蕉。", "我喜欢吃苹果和葡萄。"),
                new Pair("r", "We get $x^2$ and `f(1)`.", "We get $x^3$ and `f(2)`."));
        List<List<String>> marked = new ArrayList<>();
        board.press("d");
        assertThat(board.page().locator(".last")).hasText(Pattern.compile("Dotted: only in A .* Solid: only in B .*"));
        for (int i = 0; i < 3; i++) {
            marked.add(Stream.concat(marks(board, ".a del"), marks(board, ".b ins"))
                    .sorted()
                    .toList());
            Browser.screenshot(board.page(), "reading-differences-" + i);
            if (i < 2) {
                board.press("4");
            }
        }
        assertThat(marked)
                .containsExactlyInAnyOrder(
                        List.of("brown", "lazy", "red"), List.of("葡萄", "香蕉"), List.of("1", "2", "x2", "x3"));
        board.press("d");
        assertThat(board.comparison().locator("ins, del")).hasCount(0);
    }

    private static Stream<String> marks(BoardPage board, String which) {
        return board.comparison().locator(which).allTextContents().stream();
    }

    @Test
    void differences_of_long_texts_come_in_bounded_time() throws Exception {
        String one =
                IntStream.range(0, 15_000).mapToObj(i -> "w" + i * 7919 % 4001).collect(joining(" "));
        String other = IntStream.range(0, 15_000)
                .mapToObj(i -> "w" + i * 104729 % 4003)
                .collect(joining(" "));
        BoardPage board = board(new Pair("p", one, other));
        double took = ((Number) board.page().evaluate("""
                async () => {
                    const start = performance.now();
                    dispatchEvent(new KeyboardEvent('keydown', { key: 'd', cancelable: true }));
                    while (!document.querySelector('.last').textContent.trim()) await new Promise(requestAnimationFrame);
                    return performance.now() - start;
                }
                """)).doubleValue();
        assertThat(took).as("milliseconds").isLessThan(5_000);
    }

    @Test
    void the_browsers_search_finds_what_is_shown_and_nothing_of_the_next_comparison() throws Exception {
        BoardPage board = board(
                new Pair("needle-prompt 1", "needle-first 1 " + lines(80) + " needle-deep", "other"),
                new Pair("needle-prompt 2", "needle-first 1 " + lines(80) + " needle-deep", "other"));
        Page page = board.page();
        page.waitForTimeout(600); // the next one is laid out by now
        assertThat(page.locator(".comparison.ahead")).hasCount(1);
        assertThat(found(page, "needle-first")).isEqualTo(1);
        assertThat(found(page, "needle-deep")).isEqualTo(1);

        String side = completion(board, "needle-first").getAttribute("class").contains(" b") ? "a" : "b";
        board.press(side); // the other completion in full width
        assertThat(completion(board, "needle-first")).hasAttribute("hidden", "until-found");
        completion(board, "needle-first").evaluate("pane => pane.dispatchEvent(new Event('beforematch'))");
        assertThat(completion(board, "needle-first")).isVisible();
        assertThat(page.locator(".stage")).hasClass(Pattern.compile("reading-both"));
    }

    /// How often the browser's own search comes upon a text.
    private static int found(Page page, String text) {
        return ((Number) page.evaluate("""
                text => {
                    getSelection().removeAllRanges();
                    let times = 0;
                    while (times < 9 && window.find(text, true, false, false)) times++;
                    return times;
                }
                """, text)).intValue();
    }

    @Test
    void of_a_conversation_the_last_turn_stands_open_and_a_key_unfolds_the_rest() throws Exception {
        BoardPage board = board(new Pair(
                List.of(
                        new Turn("system", "Be terse."),
                        Turn.user("An early question"),
                        new Turn("assistant", "An early answer"),
                        Turn.user("The last question")),
                "a",
                "b"));
        Locator prompt = board.comparison().locator(".prompt");
        assertThat(prompt.getByText("The last question")).isVisible();
        assertThat(prompt.locator(".earlier")).hasAttribute("hidden", "until-found");
        Locator unfold = prompt.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("3 earlier turns"));
        assertThat(unfold).hasAttribute("aria-expanded", "false");
        board.press("c");
        assertThat(prompt.getByText("An early answer")).isVisible();
        assertThat(unfold).hasAttribute("aria-expanded", "true");
        assertThat(prompt.locator(".role").allTextContents()).containsExactly("System", "User", "Assistant", "User");
        unfold.click();
        prompt.locator(".earlier").evaluate("folded => folded.dispatchEvent(new Event('beforematch'))");
        assertThat(prompt.getByText("An early answer")).isVisible();
    }

    @Test
    void nothing_jumps_while_twenty_comparisons_are_judged() throws Exception {
        Pair[] pairs = IntStream.range(0, 22)
                .mapToObj(i ->
                        new Pair("Question " + "again ".repeat(i * 9), lines(1 + i * 3), lines(60 - i * 2) + " $x^2$"))
                .toArray(Pair[]::new);
        BoardPage board = board(pairs);
        board.page().evaluate("""
                () => {
                    window.jumps = [];
                    new PerformanceObserver(list => list.getEntries().forEach(({ value, sources }) =>
                        window.jumps.push(`${value}: ${sources.map(source => source.node?.className ?? source.node?.nodeName).join(', ')}`)))
                        .observe({ type: 'layout-shift' });
                }
                """);
        for (int i = 0; i < 20; i++) {
            board.press(Integer.toString(1 + i % 7));
        }
        board.saved();
        board.page().waitForTimeout(700);
        assertThat(board.progress()).hasText("20 of 22");
        assertThat(board.page().evaluate("window.jumps")).isEqualTo(List.of());
    }

    @Test
    void how_a_person_reads_is_kept_for_that_person_alone() throws Exception {
        BoardPage board = board(new Pair("p", "some text", "other text"));
        board.press("v");
        Locator view = board.page().getByRole(AriaRole.DIALOG);
        view.getByText("150 %").click();
        view.getByText("Compact").click();
        view.getByText("Short").click();
        view.getByText("Dark", new Locator.GetByTextOptions().setExact(true)).click();
        Browser.screenshot(board.page(), "reading-view");
        board.press("Escape");
        assertThat(board.page().locator("html")).hasAttribute("theme", "dark");
        assertSettings(board, "24px", "compact lines-narrow");
        board.page().reload();
        board.ready();
        assertSettings(board, "24px", "compact lines-narrow");

        context.clearCookies();
        context.addCookies(People.signIn(browser, studio, "lead"));
        board.page().reload();
        board.ready();
        assertSettings(board, "16px", "calm lines-medium");
    }

    private static void assertSettings(BoardPage board, String size, String look) {
        assertThat(board.comparison().locator(".pane .markdown").first()).hasCSS("font-size", size);
        assertThat(board.page().locator("tb-board")).hasClass(look);
    }

    @Test
    void the_focus_passes_to_the_same_part_of_the_next_comparison() throws Exception {
        BoardPage board = board(
                new Pair("p", lines(80), lines(81)),
                new Pair("q", lines(90), lines(91)),
                new Pair("r", lines(70), lines(71)));
        board.page().waitForTimeout(600);
        board.comparison().locator(".pane.b .pane-body").focus();
        board.press("3");
        assertThat(board.comparison().locator(".pane.b .pane-body")).isFocused();
        assertThat(board.page().locator("[aria-live=polite]")).hasText("A slightly better. Comparison 2 of 3.");
        board.press("3");
        assertThat((Boolean) board.page().evaluate("!!document.activeElement.closest('.comparison:not(.ahead)')"))
                .as("focus is within the comparison")
                .isTrue();
    }
}
