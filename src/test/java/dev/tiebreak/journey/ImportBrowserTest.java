package dev.tiebreak.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import dev.tiebreak.statistics.RealData;
import dev.tiebreak.studio.dataset.ProjectFigures;
import dev.tiebreak.studio.dataset.ProjectFigures.Counts;
import dev.tiebreak.testing.Browser;
import dev.tiebreak.testing.Browser.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A data lead makes a project, fills it from files and reads it.
class ImportBrowserTest {
    @TempDir
    static Path folder;

    private static RunningStudio studio;
    private static Browser browser;
    private static List<Cookie> lead;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        studio = RunningStudio.start(folder.resolve("data"));
        browser = Browser.launch();
        lead = People.signIn(browser, studio, "lead");
    }

    @AfterAll
    static void stop() {
        browser.close();
        studio.close();
    }

    @BeforeEach
    void signIn() {
        open(browser.context());
    }

    private void open(BrowserContext fresh) {
        context = fresh;
        context.addCookies(lead);
        page = context.newPage();
        page.setDefaultTimeout(30_000);
    }

    @AfterEach
    void leave() {
        context.close();
    }

    private void create(String name) {
        page.navigate(studio.address() + "/projects");
        button("New project").click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
        button("Create").click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name)))
                .isVisible();
    }

    private void choose(Path... files) {
        page.getByText("Import files").first().click();
        page.locator("vaadin-upload input[type=file]").setInputFiles(files);
        for (Path file : files) {
            assertThat(page.getByText(file.getFileName().toString()).first()).isVisible();
        }
    }

    private Locator button(String label) {
        return page.locator("vaadin-button", new Page.LocatorOptions().setHasText(label));
    }

    private Locator chosen(String format) {
        return page.locator("vaadin-select-value-button", new Page.LocatorOptions().setHasText(format));
    }

    private void tab(String label) {
        page.getByLabel("Pages of the project").getByText(label).click();
    }

    private static Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static List<Path> uploads() {
        try (Stream<Path> files = Files.list(folder.resolve("data/uploads"))) {
            return files.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Test
    void llmfaos_pairs_and_votes_come_in_together_and_its_agreement_is_shown() {
        Path pairs = RealData.file("llmfao/pairs-crowd.jsonl");
        Path votes = RealData.file("llmfao/crowd-comparisons.csv");
        create("LLMFAO");
        choose(pairs, votes);
        assertThat(chosen("LLMFAO pairs: a prompt with the results of two models"))
                .isVisible();
        assertThat(chosen("LLMFAO votes on pairs")).isVisible();
        Browser.screenshot(page, "import-files");

        button("Import the 2 files").click();

        assertThat(page.getByText("11,070 rows are imported"))
                .isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
                        .setTimeout(60_000));
        assertThat(page.getByText("2,139 comparisons, 8,931 votes")).isVisible();
        Browser.screenshot(page, "import-done");
        tab("Agreement");
        assertThat(page.getByText("0.29060")).isVisible();
        Browser.screenshot(page, "import-agreement");
    }

    @Test
    void a_csv_is_mapped_its_bad_rows_are_told_and_the_good_ones_come_in() throws IOException {
        Path csv = file("answers.csv", """
                question,good,bad
                What is 2 + 2?,4,5
                Is 91 prime?,"No, 91 = 7 × 13.",
                =SUM(A1:A9),,no
                """);
        create("Answers");
        choose(csv);
        button("Import the file").click();
        assertThat(page.getByText("answers.csv:1 has no column 'prompt'; its columns are question, good, bad."))
                .isVisible();
        map("prompt", "question");
        map("chosen", "good");
        map("rejected", "bad");
        Browser.screenshot(page, "import-columns");
        button("Import the file").click();

        assertThat(page.getByText("Nothing was imported: 2 of 3 rows are bad")).isVisible();
        assertThat(page.locator(".tb-import-problems li"))
                .hasText(new String[] {"answers.csv:3badis empty", "answers.csv:4goodis empty"});
        assertThat(figures("Answers")).isEqualTo(new Counts(0, 0, 0));
        Browser.screenshot(page, "import-bad-rows");
        Download download = page.waitForDownload(
                () -> page.getByText("Download the reject list").click());
        assertThat(download.path()).content().contains("answers.csv,4,good,is empty,\"'=SUM(A1:A9),,no\"");

        button("Import the good rows only (1)").click();
        assertThat(page.getByText("1 row is imported; 2 of 3 rows are bad")).isVisible();
        assertThat(figures("Answers")).isEqualTo(new Counts(1, 2, 1));

        page.getByText("See the project").click();
        assertThat(page.getByText("3 rows, 2 left out: new are 1 prompt, 2 completions"))
                .isVisible();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> uploads().isEmpty());
    }

    private void map(String ours, String theirs) {
        Locator opener = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(ours));
        opener.click();
        page.locator("vaadin-select", new Page.LocatorOptions().setHas(opener))
                .locator("vaadin-select-item", new Locator.LocatorOptions().setHasText(theirs))
                .click();
    }

    private static Counts figures(String project) {
        return studio.bean(ProjectFigures.class).counts(studio.project(project));
    }

    @Test
    void the_same_file_again_is_recognised() throws IOException {
        Path rows = file("rows.jsonl", "{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"r\"}\n");
        create("Again");
        choose(rows);
        button("Import the file").click();
        assertThat(page.getByText("1 row is imported")).isVisible();
        page.waitForFileChooser(() -> page.getByText("Upload Files...").click()).setFiles(rows);
        button("Import the file").click();
        assertThat(page.getByText("Everything had been imported before")).isVisible();
    }

    @Test
    void what_models_wrote_is_shown_as_text_and_fetches_nothing() throws IOException {
        List<String> requests = new ArrayList<>();
        context.onRequest(request -> requests.add(request.url()));
        String hostile = "<script>document.title='taken'</script><img src=//elsewhere.example/x onerror=alert(1)>"
                + "<style>body{display:none}</style>";
        Path rows = file(
                "hostile.csv",
                "prompt,completion_a,completion_b,source_a\n\"" + hostile + "\",\"a " + hostile + "\",b,\"" + hostile
                        + "\"\n");
        create("Hostile " + hostile);
        choose(rows);
        button("Import the file").click();
        assertThat(page.getByText("1 row is imported")).isVisible();
        tab("Prompts");
        page.getByText("1. " + hostile).click();
        assertThat(page.getByText("a " + hostile)).isVisible();
        Browser.screenshot(page, "prompt-hostile");
        assertThat(page.title()).isEqualTo("Prompts");
        assertThat(requests).allMatch(url -> url.startsWith(studio.address()) || url.startsWith("data:"));
    }

    @Test
    void nothing_is_wider_than_a_phone() throws IOException {
        context.close();
        open(browser.context(Screen.PHONE, ColorScheme.DARK));
        String name = "Averyveryverylongnamewithoutanyspaceinit" + "o".repeat(60);
        create(name);
        choose(file(
                "a-file-with-quite-a-long-name-that-a-phone-cannot-show-in-one-line.csv",
                "question,good,bad\nq,a,b\n"));
        assertFits("import-phone-dark");
        for (String tab : List.of("Overview", "Prompts", "Agreement", "Datasets")) {
            tab(tab);
            assertThat(page.locator("nav a[aria-current=page]")).hasText(tab);
            assertFits("project-" + tab.toLowerCase(java.util.Locale.ROOT) + "-phone-dark");
        }
        page.navigate(studio.address() + "/projects");
        assertThat(page.getByText(name)).isVisible();
        assertFits("projects-phone-dark");
    }

    private void assertFits(String name) {
        Browser.screenshot(page, name);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(name)
                .isEqualTo(true);
    }

    @Test
    void an_address_without_a_project_says_so() {
        for (String id : List.of("00000000-0000-0000-0000-000000000000", "-".repeat(36), "nonsense")) {
            for (String of : List.of("", "/prompts", "/import", "/agreement", "/datasets")) {
                page.navigate(studio.address() + "/projects/" + id + of);
                assertThat(page.getByText("There is nothing here")).isVisible();
            }
        }
    }
}
