package dev.tiebreak.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.Cookie;
import dev.tiebreak.journey.BoardPage.Shown;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.judgment.CurrentJudgments;
import dev.tiebreak.studio.judgment.Judgment;
import dev.tiebreak.testing.Browser;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An annotator at the board: what the keys do, and what the database holds afterwards.
class BoardBrowserTest {
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

    @Test
    void an_annotator_finds_the_board_from_where_they_sign_in() {
        Page page = context.newPage();
        page.navigate(studio.address());
        Browser.screenshot(page, "annotate");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile(": Everyday assistant$")))
                .click();
        page.locator(".comparison:not(.ahead)").waitFor();
        assertThat(page)
                .hasURL(studio.address() + "/annotate/"
                        + studio.project("Everyday assistant").value());
    }

    @Test
    void a_board_that_is_not_there_or_not_for_this_person_says_so() {
        Page page = context.newPage();
        page.navigate(studio.address() + "/annotate/00000000-0000-0000-0000-000000000000");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("There is no such project.");
        Browser.screenshot(page, "board-missing");
        try (BrowserContext other = browser.context()) {
            other.addCookies(People.signIn(browser, studio, "engineer"));
            Page forbidden = other.newPage();
            forbidden.navigate(studio.address() + "/annotate/"
                    + studio.project("Everyday assistant").value());
            assertThat(forbidden.getByRole(AriaRole.ALERT)).containsText("You may not annotate this project.");
        }
    }

    @Test
    void every_key_of_the_scale_is_kept_as_pressed_in_canonical_order_with_the_side() {
        ProjectId project = studio.project("Everyday assistant");
        BoardPage board = BoardPage.open(context, studio, project).ready();
        assertThat(board.progress()).hasText("0 of 213");
        assertTwoCompletionsSideBySideAndTheRubricBeside(board);
        assertEveryButtonShowsItsKey(board);
        Browser.screenshot(board.page(), "board");

        board.press("m"); // the source, so that what is shown can be compared letter by letter
        Map<String, Shown> pressed = new HashMap<>();
        for (String key : List.of("1", "2", "3", "4", "5", "6", "7", "0")) {
            pressed.put(key, board.shown());
            board.press(key);
        }
        assertThat(board.progress()).hasText("8 of 213");
        board.saved();

        List<Judgment> kept = judgments(project);
        assertThat(kept).hasSize(8);
        for (int i = 0; i < 8; i++) {
            String key = List.of("1", "2", "3", "4", "5", "6", "7", "0").get(i);
            assertKept(kept.get(i), key, Objects.requireNonNull(pressed.get(key)));
        }
    }

    private static void assertTwoCompletionsSideBySideAndTheRubricBeside(BoardPage board) {
        BoundingBox prompt = box(board.comparison().locator(".prompt"));
        BoundingBox a = box(board.comparison().getByLabel("Completion A"));
        BoundingBox b = box(board.comparison().getByLabel("Completion B"));
        BoundingBox rubric = box(board.page().locator("aside.rubric"));
        assertThat(a.y).isEqualTo(b.y).isGreaterThan(prompt.y + prompt.height);
        assertThat(b.x).isGreaterThan(a.x + a.width);
        assertThat(b.width).isEqualTo(a.width);
        assertThat(rubric.x).isGreaterThan(b.x + b.width);
        assertThat(board.page().locator("aside.rubric")).containsText("Helpful, honest, harmless");
    }

    private static BoundingBox box(Locator locator) {
        return locator.boundingBox();
    }

    private static void assertEveryButtonShowsItsKey(BoardPage board) {
        assertThat(board.page().locator(".decision button:visible kbd").allTextContents())
                .contains("1", "2", "3", "4", "5", "6", "7", "0", "S", "Ctrl Z", "R");
        assertThat(board.page().locator("header kbd").allTextContents()).contains("?");
    }

    private void assertKept(Judgment kept, String key, Shown shown) {
        Comparison comparison =
                studio.bean(Comparisons.class).find(kept.comparison()).orElseThrow();
        boolean aLeft = kept.left().orElseThrow().equals(comparison.a().id());
        assertThat(aLeft ? comparison.a().text() : comparison.b().text()).isEqualTo(shown.left());
        assertThat(aLeft ? comparison.b().text() : comparison.a().text()).isEqualTo(shown.right());
        int leftBetter = 4 - Integer.parseInt(key);
        switch (key) {
            case "0" -> assertThat(kept.verdict()).isEqualTo(Verdict.BOTH_BAD);
            case "4" -> assertThat(kept.verdict()).isEqualTo(Verdict.TIE);
            default -> {
                assertThat(kept.verdict()).isEqualTo(Verdict.PREFERENCE);
                assertThat(kept.strength()).isEqualTo(aLeft ? leftBetter : -leftBetter);
            }
        }
        assertThat(kept.activeTime().orElseThrow()).isPositive();
        assertThat(kept.rubric()).isPresent();
        assertThat(kept.probability().orElseThrow()).isBetween(0.0, 1.0);
    }

    @Test
    void a_skip_asks_for_a_reason_and_no_key_judges_while_somebody_types() throws Exception {
        ProjectId project = PairProject.numbered(studio, 6, 1);
        BoardPage board = BoardPage.open(context, studio, project).ready();
        board.press("s").press("Enter");
        assertThat(board.page().getByText("Choose a reason or write one.")).isVisible();
        board.page().getByLabel("In your own words").click();
        board.type("1270 ssu? it says 7");
        Browser.screenshot(board.page(), "board-skip");
        board.press("Escape").press("s").press("3");
        board.page().getByLabel("In your own words").click();
        board.type("1270 ssu?").press("Enter").saved();

        board.press("r").type("Both name 7 of 12; r, s, 0 and u are letters").press("Escape");
        Browser.screenshot(board.page(), "board-rationale");
        board.press("5").saved();
        assertThat(board.page().locator(".rationale")).isHidden();

        List<Judgment> kept = judgments(project);
        assertThat(kept).extracting(Judgment::verdict).containsExactly(Verdict.SKIP, Verdict.PREFERENCE);
        assertThat(kept.get(0).reason()).contains("The prompt makes no sense or is cut off: 1270 ssu?");
        assertThat(kept.get(1).reason()).contains("Both name 7 of 12; r, s, 0 and u are letters");
    }

    @Test
    void undo_reopens_the_last_judgment_and_what_is_stored_is_a_superseding_row() throws Exception {
        ProjectId project = PairProject.numbered(studio, 6, 1);
        BoardPage board = BoardPage.open(context, studio, project).ready().press("m");
        Shown first = board.shown();
        board.press("r").type("A is right").press("Escape").press("1").saved();
        Shown second = board.shown();
        assertThat(second).isNotEqualTo(first);

        board.press("Control+z");
        assertThat(board.shown()).isEqualTo(first);
        assertThat(board.page().locator(".last")).hasText("Reopened. You had chosen: A much better.");
        assertThat(board.page().getByLabel("Why?")).hasValue("A is right");
        board.press("7").saved();
        assertThat(board.shown()).isEqualTo(second);

        assertThat(rows(project)).containsExactly("PREFERENCE", "WITHDRAWN of PREFERENCE", "PREFERENCE");
        List<Judgment> kept = judgments(project);
        assertThat(kept).hasSize(1);
        assertKept(kept.getFirst(), "7", first);

        board.press("2").press("3").press("u").press("u").press("6").saved();
        assertThat(judgments(project)).hasSize(2);
        assertThat(rows(project)).hasSize(8);
    }

    @Test
    void the_key_map_opens_and_closes_by_its_key_and_nothing_is_judged_behind_it() throws Exception {
        ProjectId project = PairProject.numbered(studio, 3, 1);
        BoardPage board = BoardPage.open(context, studio, project).ready();
        Locator keys = board.page().getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Keys"));
        board.press("?");
        assertThat(keys).isVisible();
        board.press("1").press("0").press("s").press("u");
        Browser.screenshot(board.page(), "board-keys");
        board.press("?");
        assertThat(keys).isHidden();
        board.press("?").press("Escape");
        assertThat(keys).isHidden();
        assertThat(board.progress()).hasText("0 of 3");
        assertThat(judgments(project)).isEmpty();
    }

    @Test
    void a_held_key_a_bouncing_key_and_a_double_click_judge_one_comparison() throws Exception {
        ProjectId project = PairProject.numbered(studio, 8, 1);
        BoardPage board = BoardPage.open(context, studio, project).ready();
        for (int i = 0; i < 5; i++) {
            board.page().keyboard().down("2"); // without an up between: the key repeats, here slowly
            board.page().waitForTimeout(250);
        }
        board.page().keyboard().up("2");
        assertThat(board.progress()).hasText("1 of 8");

        board.page().waitForTimeout(250);
        // two presses in one task, as a worn key sends them; a real pause is longer
        board.page().evaluate("""
                for (let i = 0; i < 2; i++) dispatchEvent(new KeyboardEvent('keydown', { key: '6', cancelable: true }));
                """);
        assertThat(board.progress()).hasText("2 of 8");
        assertThat(board.page().locator(".last")).hasText("A second “B clearly better” at once was not counted.");

        Locator tie = board.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Tie"));
        tie.dblclick();
        assertThat(board.progress()).hasText("3 of 8");
        board.press("Space"); // scrolls: the click left no focus on the button
        assertThat(board.progress()).hasText("3 of 8");

        board.page().waitForTimeout(250);
        tie.focus();
        for (int i = 0; i < 5; i++) {
            board.page().keyboard().down("Enter");
            board.page().waitForTimeout(250);
        }
        board.page().keyboard().up("Enter");
        assertThat(board.progress()).hasText("4 of 8");
        board.saved();
        assertThat(judgments(project)).hasSize(4);
    }

    @Test
    void two_annotators_at_once_give_each_comparison_as_many_judgments_as_its_overlap() throws Exception {
        ProjectId project = PairProject.numbered(studio, 9, 1);
        try (BrowserContext other = browser.context()) {
            other.addCookies(People.signIn(browser, studio, "lead"));
            List<BoardPage> both = List.of(
                    BoardPage.open(context, studio, project).ready(),
                    BoardPage.open(other, studio, project).ready());
            for (int round = 0; round < 9; round++) {
                for (BoardPage board : both) {
                    if (board.comparison().count() > 0) {
                        board.press(String.valueOf(1 + round % 7));
                    }
                }
            }
            for (BoardPage board : both) {
                assertThat(board.page().getByText("All done, thank you.")).isVisible();
                board.saved();
            }
            Browser.screenshot(both.getFirst().page(), "board-done");
        }
        assertThat(judgments(project))
                .hasSize(9)
                .extracting(Judgment::comparison)
                .doesNotHaveDuplicates();
        assertThat(judgments(project).stream().map(Judgment::annotator).distinct())
                .hasSize(2);
    }

    @Test
    void a_second_tab_of_the_same_person_offers_nothing_that_the_first_has_judged() throws Exception {
        ProjectId project = PairProject.numbered(studio, 4, 1);
        BoardPage first = BoardPage.open(context, studio, project).ready();
        BoardPage second = BoardPage.open(context, studio, project).ready();
        second.press("m").press("m");
        first.press("1").press("2").saved();
        assertThat(second.progress()).hasText("2 of 4");
        second.press("3").press("5").saved();
        assertThat(second.page().locator(".banner")).hasCount(0);
        assertThat(judgments(project)).hasSize(4);
    }

    /// What counts now and came from the board, in the order in which it was pressed.
    private static List<Judgment> judgments(ProjectId project) {
        return studio.bean(CurrentJudgments.class).of(project).stream()
                .filter(judgment -> judgment.origin().equals("board"))
                .sorted(comparing(Judgment::at))
                .toList();
    }

    /// Every row ever appended, in order.
    private static List<String> rows(ProjectId project) {
        return studio.bean(JdbcClient.class)
                .sql("""
                        select j.verdict, s.verdict as superseded from judgment j left join judgment s on s.id = j.supersedes
                        where j.project_id = ? order by j.recorded_at
                        """)
                .param(project.value())
                .query((row, _) -> row.getString("verdict")
                        + (row.getString("superseded") == null ? "" : " of " + row.getString("superseded")))
                .list();
    }
}
