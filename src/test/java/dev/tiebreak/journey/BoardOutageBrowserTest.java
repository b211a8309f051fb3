package dev.tiebreak.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import dev.tiebreak.studio.account.AccountService;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.testing.Browser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is judged while something fails – the line, the tab, the server, the session – arrives once, and until then the
/// board says that it has not.
class BoardOutageBrowserTest {
    private static final Pattern JUDGMENTS = Pattern.compile(".*/judgments$");

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
    void what_is_judged_without_a_connection_is_shown_as_unsaved_and_arrives_once() throws Exception {
        ProjectId project = PairProject.numbered(studio, 20, 1);
        BoardPage board =
                BoardPage.open(context, studio, project).ready().press("1").saved();
        context.setOffline(true);
        board.press("2").press("3").press("0").press("Control+z").press("4").press("5");
        board.unsaved(6);
        assertThat(board.status()).containsText("offline, retrying");
        Browser.screenshot(board.page(), "board-offline");
        board.page().waitForTimeout(4_000); // several tries to send in the meantime
        assertThat(verdicts(project)).hasSize(1);

        context.setOffline(false);
        board.saved();
        assertThat(verdicts(project))
                .containsExactly("3 left", "2 left", "1 left", "BOTH_BAD", "WITHDRAWN", "TIE", "1 right");
        assertThat(board.progress()).hasText("5 of 20");
        board.press("6").saved();
    }

    @Test
    void a_board_that_runs_out_of_comparisons_says_so_and_goes_on_by_itself() throws Exception {
        ProjectId project = PairProject.numbered(studio, 12, 1);
        BoardPage board = BoardPage.open(context, studio, project).ready();
        board.page().waitForTimeout(500);
        context.setOffline(true);
        for (int i = 0; i < 8; i++) {
            board.press(String.valueOf(1 + i % 7));
        }
        assertThat(board.page().getByText("No more comparisons in hand. Waiting for the connection…"))
                .isVisible();
        board.press("1"); // nothing is on the screen to judge
        Browser.screenshot(board.page(), "board-waiting");
        context.setOffline(false);
        board.saved();
        board.ready();
        assertThat(verdicts(project)).hasSize(8);
    }

    @Test
    void what_is_unsent_when_the_tab_is_closed_is_sent_when_the_board_is_opened_again() throws Exception {
        ProjectId project = PairProject.numbered(studio, 9, 1);
        BoardPage board = BoardPage.open(context, studio, project).ready();
        board.page().waitForTimeout(500);
        context.setOffline(true);
        board.press("1").press("u").press("7").press("r").type("unfinished");
        board.unsaved(3);
        board.page().close();
        assertThat(verdicts(project)).isEmpty();

        context.setOffline(false);
        BoardPage again = BoardPage.open(context, studio, project).ready().saved();
        assertThat(verdicts(project)).containsExactly("3 left", "WITHDRAWN", "3 right");
        assertThat(again.progress()).hasText("1 of 9");
        assertThat(again.page().getByLabel("Why?")).hasValue("unfinished");
        assertThat(again.page().locator(".banner")).hasCount(0);
    }

    @Test
    void a_tab_closed_in_the_moment_of_the_key_press_loses_nothing() throws Exception {
        ProjectId project = PairProject.numbered(studio, 9, 1);
        BoardPage board = BoardPage.open(context, studio, project).ready();
        board.page().keyboard().press("5");
        board.page().close();
        BoardPage.open(context, studio, project).ready().saved();
        assertThat(verdicts(project)).containsExactly("1 right");
    }

    @Test
    void an_answer_that_got_lost_makes_no_second_judgment_and_can_be_taken_back() throws Exception {
        ProjectId project = PairProject.numbered(studio, 9, 1);
        AtomicBoolean losing = new AtomicBoolean(true);
        context.route(JUDGMENTS, route -> {
            if (losing.get()) {
                route.fetch(); // it reaches the server
                route.abort();
            } else {
                route.resume();
            }
        });
        BoardPage board = BoardPage.open(context, studio, project).ready();
        board.press("2");
        board.unsaved(1);
        assertThat(verdicts(project)).containsExactly("2 left");
        board.press("Control+z").press("6");
        board.unsaved(3);
        board.page().waitForTimeout(3_000); // the undo arrives too, and its answer is lost as well
        assertThat(verdicts(project)).startsWith("2 left", "WITHDRAWN");

        losing.set(false);
        board.saved();
        assertThat(verdicts(project)).containsExactly("2 left", "WITHDRAWN", "2 right");
        assertThat(board.page().locator(".banner")).hasCount(0);
    }

    @Test
    void an_expired_session_keeps_what_is_unsent_for_its_author_and_for_nobody_else() throws Exception {
        ProjectId project = PairProject.numbered(studio, 9, 1);
        BoardPage board =
                BoardPage.open(context, studio, project).ready().press("1").saved();
        context.clearCookies();
        board.press("2").press("3");
        assertThat(board.page().getByRole(AriaRole.ALERT))
                .containsText("You are signed out. Your 2 judgments are not saved yet: kept in this browser");
        Browser.screenshot(board.page(), "board-signed-out");

        signInFromTheBanner(board, "lead");
        board.page().bringToFront();
        assertThat(board.page().getByText("Somebody else is signed in in this browser now."))
                .isVisible(new IsVisibleOptions().setTimeout(20_000));
        assertThat(verdicts(project)).hasSize(1);

        context.clearCookies();
        signInFromTheBanner(board, "annotator");
        board.saved();
        assertThat(board.page().locator(".banner")).hasCount(0);
        assertThat(verdicts(project)).containsExactly("3 left", "2 left", "1 left");
        assertThat(annotators(project)).containsExactly(id("annotator"));
    }

    @Test
    void a_restarted_server_receives_what_was_judged_while_it_was_away() throws Exception {
        ProjectId project = PairProject.numbered(studio, 20, 1);
        BoardPage board = BoardPage.open(context, studio, project)
                .ready()
                .press("1")
                .press("2")
                .saved();
        studio.close();
        board.press("3").press("4").press("5");
        board.unsaved(3);
        assertThat(board.status()).containsText("offline, retrying");

        studio = studio.again();
        annotator = People.signIn(browser, studio, "annotator");
        // sessions live in memory: after a restart people sign in again, and the board goes on where it was
        board.page().getByText("You are signed out.").waitFor();
        signInFromTheBanner(board, "annotator");
        board.saved();
        assertThat(verdicts(project)).containsExactly("3 left", "2 left", "1 left", "TIE", "1 right");
        board.press("6").saved();
    }

    private static void signInFromTheBanner(BoardPage board, String name) {
        Page login = board.page()
                .context()
                .waitForPage(() -> board.page()
                        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in"))
                        .click());
        People.signIn(login, name);
        login.close();
    }

    /// Every row from the board in the order of its arrival, as the person saw it: how much better which side was.
    private static List<String> verdicts(ProjectId project) {
        return new ArrayList<>(studio.bean(JdbcClient.class)
                .sql("""
                        select j.verdict, case when j.left_completion_id = c.completion_a_id then j.strength
                               else -j.strength end as left_strength
                        from judgment j join comparison c on c.id = j.comparison_id
                        where j.project_id = ? and j.origin = 'board' order by j.recorded_at
                        """)
                .param(project.value())
                .query((row, _) -> {
                    int left = row.getInt("left_strength");
                    return row.getString("verdict").equals("PREFERENCE")
                            ? Math.abs(left) + (left > 0 ? " left" : " right")
                            : row.getString("verdict");
                })
                .list());
    }

    private static List<UUID> annotators(ProjectId project) {
        return studio.bean(JdbcClient.class)
                .sql("select distinct annotator_id from judgment where project_id = ?")
                .param(project.value())
                .query((row, _) -> row.getObject("annotator_id", UUID.class))
                .list();
    }

    private static UUID id(String username) {
        return studio.bean(AccountService.class)
                .findByUsername(username)
                .orElseThrow()
                .id()
                .value();
    }
}
