package dev.tiebreak.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import dev.tiebreak.studio.account.SystemAccount;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.judgment.Workplace;
import dev.tiebreak.studio.judgment.Workplaces;
import dev.tiebreak.studio.rubric.RubricService;
import dev.tiebreak.testing.Accessibility;
import dev.tiebreak.testing.Browser;
import dev.tiebreak.testing.Browser.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An annotator's own page: looking back, reopening, a changed rubric, and three languages.
class MyPageBrowserTest {
    private static final String RUBRIC = "helpful-honest-harmless.yaml";

    @TempDir
    static Path data;

    @TempDir
    static Path rubrics;

    private static RunningStudio studio;
    private static Browser browser;
    private static List<Cookie> annotator;

    @BeforeAll
    static void start() throws Exception {
        Files.copy(Path.of("annotation-rubrics").resolve(RUBRIC), rubrics.resolve(RUBRIC));
        studio = RunningStudio.start(data, List.of("--tiebreak.rubrics=" + rubrics));
        browser = Browser.launch();
        annotator = People.signIn(browser, studio, "annotator");
    }

    @AfterAll
    static void stop() {
        browser.close();
        studio.close();
    }

    @Test
    void what_was_judged_is_read_again_and_reopened_on_the_board() throws Exception {
        ProjectId project = PairProject.numbered(studio, 8, 1);
        try (BrowserContext context = context(annotator, Screen.DESKTOP)) {
            BoardPage board = BoardPage.open(context, studio, project).ready();
            BoardPage.Shown first = board.press("m").shown();
            board.press("1").press("4").press("7").saved();

            Page page = myPage(context);
            only(page, project);
            assertThat(choices(page)).hasText(new String[] {"B much better", "Tie", "A much better"});
            Locator oldest = page.locator(".tb-history-row:visible").last();
            oldest.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Read"))
                    .click();
            assertThat(page.locator(".tb-read-pair > section").first()).containsText(first.left());
            assertThat(page.locator(".tb-read-pair > section").last()).containsText(first.right());
            assertThat(Accessibility.violations(page)).isEmpty();
            Browser.screenshot(page, "my-page-history");

            oldest.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reopen"))
                    .click();
            page.waitForURL("**/annotate/" + project.value());
            BoardPage again = BoardPage.open(context, studio, project).ready().press("m");
            assertThat(again.shown()).as("what was reopened comes first").isEqualTo(first);
            again.press("0").saved();

            only(myPage(page), project);
            assertThat(choices(page)).hasText(new String[] {"Both bad", "B much better", "Tie"});
            page.locator(".tb-history-filters vaadin-select").last().click();
            page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Tie"))
                    .click();
            assertThat(choices(page)).hasText(new String[] {"Tie"});
        }
    }

    @Test
    void where_the_project_allows_no_reopening_there_is_no_button_and_others_see_nothing() throws Exception {
        ProjectId project = PairProject.numbered(studio, 4, 1);
        SystemAccount.act(() -> studio.bean(Workplaces.class)
                .set(
                        studio.bean(ProjectService.class).find(project).orElseThrow(),
                        new Workplace(Duration.ZERO, false)));
        try (BrowserContext context = context(annotator, Screen.DESKTOP)) {
            BoardPage.open(context, studio, project).ready().press("2").saved();
            Page page = myPage(context);
            only(page, project);
            assertThat(choices(page)).hasText(new String[] {"A clearly better"});
            assertThat(page.locator(".tb-history-row:visible").getByText("Reopen"))
                    .hasCount(0);
        }
        try (BrowserContext context = context(People.signIn(browser, studio, "lead"), Screen.DESKTOP)) {
            Page page = myPage(context);
            assertThat(page.locator(".tb-work-card").first()).isVisible();
            assertThat(page.locator(".tb-history")).hasCount(0);
            assertThat(page.locator(".tb-pace")).hasCount(0);
        }
    }

    @Test
    void a_changed_rubric_is_shown_word_by_word_until_it_was_read() throws Exception {
        ProjectId project = PairProject.numbered(studio, 4, 1);
        try (BrowserContext context = context(annotator, Screen.PHONE)) {
            BoardPage.open(context, studio, project).ready().press("2").saved();
            Page page = myPage(context);
            assertThat(page.locator(".tb-rubric-banner")).hasCount(0);

            Path file = rubrics.resolve(RUBRIC);
            Files.writeString(file, Files.readString(file).replace("at most three minutes", "at most five minutes"));
            studio.bean(RubricService.class).reload();
            page.reload();
            page.locator(".tb-rubric-banner vaadin-button").click();
            assertThat(page.locator(".tb-changed-words del")).hasText("three");
            assertThat(page.locator(".tb-changed-words ins")).hasText("five");
            page.waitForTimeout(400); // the dialog fades in
            assertThat(Accessibility.violations(page)).isEmpty();
            Browser.screenshot(page, "my-page-rubric");
            page.getByText("I have read it").click();
            assertThat(page.locator(".tb-rubric-banner")).hasCount(0);
            page.reload();
            assertThat(page.locator(".tb-work-card").first()).isVisible();
            assertThat(page.locator(".tb-rubric-banner")).hasCount(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"العربية,ar,rtl,تسجيل الدخول,صفحتي", "日本語,ja,ltr,サインイン,マイページ"})
    void the_sign_in_page_and_ones_own_page_speak_the_language_that_was_chosen(
            String language, String tag, String direction, String signIn, String myPage) {
        try (BrowserContext context = browser.context(Screen.DESKTOP, ColorScheme.DARK)) {
            Page page = context.newPage();
            page.navigate(studio.address() + "/login");
            assertThat(page.getByLabel("User name")).isVisible();
            choose(page, language);
            assertThat(page.locator("html")).hasAttribute("dir", direction);
            assertThat(page.locator("vaadin-button[theme~=primary]")).hasText(signIn);
            assertThat(Accessibility.violations(page)).isEmpty();

            page.locator("vaadin-text-field input").fill("annotator");
            page.locator("vaadin-password-field input").fill("tiebreak-annotator");
            page.locator("vaadin-button[theme~=primary]").click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(2)))
                    .hasText(myPage);
            assertThat(page.locator("html")).hasAttribute("lang", tag);
            assertThat(page.locator("vaadin-side-nav-item").first()).containsText(myPage);
            page.waitForTimeout(400); // colours fade in
            assertThat(Accessibility.violations(page)).isEmpty();
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("nothing is wider than the window")
                    .isTrue();
            Browser.screenshot(page, "my-page-" + tag);
            choose(page, "English");
            assertThat(page.locator("html")).hasAttribute("dir", "ltr");
        }
    }

    /// The grid keeps rows that it no longer shows.
    private static Locator choices(Page page) {
        return page.locator(".tb-history-choice:visible");
    }

    private static void choose(Page page, String language) {
        page.locator(".tb-language").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(language))
                .click();
    }

    private static void only(Page page, ProjectId project) {
        String name =
                studio.bean(ProjectService.class).find(project).orElseThrow().name();
        page.locator(".tb-history-filters vaadin-select").first().click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(name))
                .click();
        page.waitForTimeout(500); // the grid renders its rows anew
    }

    private static Page myPage(BrowserContext context) {
        return myPage(context.newPage());
    }

    private static Page myPage(Page page) {
        page.navigate(studio.address() + "/annotate");
        page.getByRole(AriaRole.HEADING).first().waitFor();
        return page;
    }

    private static BrowserContext context(List<Cookie> session, Screen screen) {
        BrowserContext context = browser.context(screen, ColorScheme.LIGHT);
        context.addCookies(session);
        return context;
    }
}
