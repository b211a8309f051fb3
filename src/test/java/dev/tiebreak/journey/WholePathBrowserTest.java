package dev.tiebreak.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.testing.Browser;
import dev.tiebreak.testing.Browser.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Judgments carried the whole way, from a file to a policy that is tried: each stop goes on where the one before it
/// ended, in the browser, as the people would, and leaves a picture.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholePathBrowserTest {
    private static final String PROJECT = "Whole path";
    private static final int PAIRS = 80;
    private static final String KEYS = "2146730561276215371262"; // enough comparisons for an interval
    private static final double TRAINING_MS = 120_000; // what the issue grants the sample model on two cores

    @TempDir
    static Path data;

    @TempDir
    static Path files;

    private static RunningStudio studio;
    private static Browser browser;
    private static final Map<String, List<Cookie>> SESSIONS = new HashMap<>();

    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        studio = RunningStudio.start(data);
        browser = Browser.launch();
        for (String name : List.of("annotator", "lead", "engineer")) {
            SESSIONS.put(name, People.signIn(browser, studio, name));
        }
    }

    @AfterAll
    static void stop() {
        browser.close();
        studio.close();
    }

    @BeforeEach
    void open() {
        context = browser.context();
        page = context.newPage();
    }

    @AfterEach
    void leave() {
        context.close();
    }

    @Test
    @Order(1)
    void a_lead_imports_a_file_and_a_bad_row_is_named_by_its_place() throws IOException {
        as("lead", "projects");
        button("New project").click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(PROJECT);
        page.getByLabel("Annotators a comparison").fill("2");
        page.locator("vaadin-select[required], vaadin-dialog vaadin-select")
                .first()
                .click();
        page.getByRole(AriaRole.OPTION, named("Helpful, honest, harmless")).click();
        button("Create").click();
        assertThat(page.getByRole(AriaRole.HEADING, named(PROJECT))).isVisible();

        List<String> rows =
                Files.readAllLines(Path.of("sample-data", "preferences.jsonl")).subList(0, PAIRS);
        Path bad = Files.write(
                files.resolve("bad.jsonl"), List.of(rows.get(0), "{\"prompt\":\"Why?\",\"chosen\":\"So.\"}"));
        Path good = Files.write(files.resolve("pairs.jsonl"), rows);
        page.getByText("Import files").click();
        upload(bad);
        assertThat(page.getByText("Nothing was imported: 1 of 2 rows is bad")).isVisible();
        assertThat(page.getByText("bad.jsonl:2")).isVisible();
        assertThat(page.getByText("rejected", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        Browser.screenshot(page, "path-1-refused");

        page.reload();
        upload(good);
        assertThat(page.getByText(PAIRS + " rows are imported")).isVisible();
        Browser.screenshot(page, "path-1-import");
    }

    private void upload(Path file) {
        page.locator("vaadin-upload input[type=file]").setInputFiles(file);
        button("Import the file").click();
    }

    @Test
    @Order(2)
    void annotators_judge_with_the_rubric_beside_and_the_sides_are_kept() {
        as("annotator", "annotate");
        page.locator("a[href*='" + project().value() + "']").click();
        page.waitForURL(address -> address.contains("/annotate/"));
        page.close();

        BoardPage board = BoardPage.open(context, studio, project()).ready();
        assertThat(board.page().locator("aside.rubric")).containsText("Helpful, honest, harmless");
        KEYS.chars().forEach(key -> board.press(Character.toString(key)));
        board.press("Control+z").press("2").saved();
        assertThat(board.progress()).hasText(KEYS.length() + " of " + PAIRS);
        Browser.screenshot(board.page(), "path-2-board");

        assertThat(timesALeft())
                .as("completion a stands left as often as right, but for the one shown again after the undo")
                .isBetween(KEYS.length() / 2L - 1, KEYS.length() / 2L + 2);
    }

    private static long timesALeft() {
        return studio.bean(JdbcClient.class)
                .sql("""
                        select count(*) from judgment j join comparison c on c.id = j.comparison_id
                        where j.project_id = ? and j.origin = 'board' and j.left_completion_id = c.completion_a_id
                        """)
                .param(project().value())
                .query(Long.class)
                .single();
    }

    @Test
    @Order(5)
    void the_lead_sees_how_far_people_agree() {
        as("lead", "projects/" + project().value() + "/agreement");
        assertThat(page.getByText(PAIRS + KEYS.length() + " votes by 2 annotators"))
                .isVisible();
        assertThat(page.locator("main, vaadin-app-layout")
                        .getByText(Pattern.compile("^[−-]?0\\.\\d{5}$"))
                        .first())
                .isVisible();
        assertThat(page.getByText(Pattern.compile("95 % interval .*item bootstrap"))
                        .first())
                .isVisible();
        Browser.screenshot(page, "path-5-agreement");
    }

    @Test
    @Order(6)
    void the_lead_freezes_pairs_and_downloads_what_the_manifest_vouches_for() throws Exception {
        as("lead", "projects/" + project().value() + "/datasets");
        button("Freeze").click();
        assertThat(page.getByText("Version 1", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        Browser.screenshot(page, "path-6-frozen");

        Path train = download("train.jsonl");
        JsonNode row = JsonMapper.shared().readTree(Files.readAllLines(train).getFirst());
        assertThat(row.propertyNames()).contains("prompt", "chosen", "rejected", "margin", "soft_label");
        assertThat(Files.readAllLines(download("train.csv")).getFirst()).contains("prompt", "chosen", "rejected");
        JsonNode manifest =
                JsonMapper.shared().readTree(download("manifest.json").toFile());
        assertThat(manifest.at("/files/train.jsonl/sha256").asString()).isEqualTo(sha256(train));
    }

    private Path download(String name) {
        Download download = page.waitForDownload(() -> page.getByText(name, new Page.GetByTextOptions().setExact(true))
                .first()
                .click());
        Path file = files.resolve(name);
        download.saveAs(file);
        return file;
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    @Order(7)
    void the_engineer_trains_a_reward_model_in_one_click_and_takes_it_home() throws IOException {
        train("Reward model");
        Browser.screenshot(page, "path-7-reward-model");
        page.getByText("Open the checkpoint").click();
        Download download = page.waitForDownload(
                () -> page.getByText("Download as a Hugging Face folder").click());
        Path zip = files.resolve("reward-model.zip");
        download.saveAs(zip);
        try (ZipFile folder = new ZipFile(zip.toFile())) {
            assertThat(folder.stream()
                            .map(entry -> Path.of(entry.getName()).getFileName().toString()))
                    .contains("config.json", "model.safetensors", "tokenizer.json");
        }
    }

    @Test
    @Order(8)
    void the_engineer_trains_a_policy_whose_first_step_knows_nothing_yet() {
        train("DPO policy");
        Browser.screenshot(page, "path-8-policy");
        // a policy that equals its reference loses ln 2 on every pair
        assertThat(firstLoss()).isCloseTo(Math.log(2), within(5e-9));
    }

    private void train(String method) {
        as("engineer", "projects/" + project().value() + "/datasets");
        page.locator("a.tb-action").first().click();
        page.getByText(method, new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        button("Start training").click();
        assertThat(page.getByText("Finished")).isVisible(new IsVisibleOptions().setTimeout(TRAINING_MS));
        assertThat(page.locator("tb-line-chart").first()).isVisible();
    }

    private static double firstLoss() {
        try (Stream<Path> runs = Files.list(data.resolve("runs"))) {
            return runs.map(run -> run.resolve("metrics.jsonl"))
                    .flatMap(WholePathBrowserTest::rows)
                    .filter(row -> row.has("loss") && row.has("rewards/margins"))
                    .findFirst()
                    .orElseThrow()
                    .get("loss")
                    .asDouble();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> rows(Path metrics) {
        try {
            return Files.readAllLines(metrics).stream()
                    .map(line -> JsonMapper.shared().readTree(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Order(9)
    void the_engineer_tries_a_prompt_on_both_models_and_sees_their_rewards() {
        as("engineer", "try");
        page.getByLabel("Prompt").fill("I need a gift for my teacher, who loves drinking tea.");
        page.keyboard().press("Control+Enter");
        Locator scores = page.locator(".tb-score").getByText(Pattern.compile("Reward [−-]?\\d+\\.\\d{3}"));
        assertThat(scores).hasCount(2, new HasCountOptions().setTimeout(60_000));
        for (Locator completion : page.locator(".tb-completion tb-markdown").all()) {
            assertThat((String) completion.evaluate("element => element.text"))
                    .as("a fluent sentence")
                    .matches(Pattern.compile("[A-Z].{10,}[.!?]"));
        }
        Browser.screenshot(page, "path-9-try");
    }

    /// For a person to look at: every page at both sizes, light and dark.
    @Test
    @Order(10)
    void every_page_fits_its_screen() {
        String project = "projects/" + project().value();
        List<String> pages = List.of(
                "projects",
                project,
                project + "/prompts",
                project + "/import",
                project + "/agreement",
                project + "/datasets",
                "training",
                "checkpoints",
                "try",
                "rubrics");
        for (Screen screen : Screen.values()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                try (BrowserContext other = browser.context(screen, scheme)) {
                    other.addCookies(Objects.requireNonNull(SESSIONS.get("lead")));
                    page = other.newPage();
                    for (String path : pages) {
                        page.navigate(studio.address() + "/" + path);
                        page.waitForTimeout(600); // charts draw after their data
                        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                                .as("%s does not scroll sideways on %s", path, screen)
                                .isEqualTo(true);
                        Browser.screenshot(
                                page,
                                "pages/%s-%s-%s"
                                        .formatted(
                                                path.replaceAll(".*[0-9a-f]{12}", "project")
                                                        .replace('/', '-'),
                                                screen,
                                                scheme)
                                        .toLowerCase(java.util.Locale.ROOT));
                    }
                }
            }
        }
    }

    private void as(String person, String path) {
        context.addCookies(Objects.requireNonNull(SESSIONS.get(person)));
        page.navigate(studio.address() + "/" + path);
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static ProjectId project() {
        return studio.project(PROJECT);
    }
}
