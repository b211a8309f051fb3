package dev.tiebreak.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.tiebreak.testing.Browser;
import dev.tiebreak.testing.Browser.Screen;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models come in as a zip, write side by side, and go out as a zip.
class TryItBrowserTest {
    private static final Path SAMPLE_MODEL = Path.of("sample-data", "model");

    /// The engine may have to unpack its natives first, on a machine that other tests keep busy.
    private static final double ENGINE_MILLIS = 120_000;

    @TempDir
    static Path folder;

    private static RunningStudio studio;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        studio = RunningStudio.start(folder.resolve("data"));
        browser = Browser.launch();
    }

    @AfterAll
    static void stop() {
        browser.close();
        studio.close();
    }

    @Test
    void an_engineer_adds_a_model_tries_it_beside_the_base_model_and_takes_it_home() throws IOException {
        Page page = signedIn("engineer", Screen.DESKTOP, ColorScheme.LIGHT);
        page.navigate(studio.address() + "/checkpoints");
        page.getByText("Add a model").click();
        Locator upload = page.locator("vaadin-upload input[type=file]");
        upload.setInputFiles(zipOf("torn.zip", List.of("config.json", "tokenizer.json")));
        assertThat(page.getByText("torn.zip: neither model.safetensors nor model.safetensors.index.json is there"))
                .isVisible();
        upload.setInputFiles(zipOf("twin.zip", filesOfSampleModel()));
        assertThat(page.getByText("twin is added (Base model).")).isVisible();
        Browser.screenshot(page, "checkpoints-add");
        page.getByText("Close").click();

        page.navigate(studio.address() + "/try");
        assertThat(page.getByText("There is no trained policy yet")).isVisible();
        choose(page, "Base model", "small-world");
        choose(page, "Trained policy", "twin");
        Locator prompt = page.locator("vaadin-text-area textarea");
        prompt.fill("How do I cook spinach?");
        prompt.press("Control+Enter");
        Locator lengths = page.getByText(Pattern.compile("^\\d+ tokens?"));
        assertThat(lengths.first()).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(ENGINE_MILLIS));
        assertThat(lengths).hasCount(2);
        assertThat(page.getByText("Computing on ")).isVisible();
        Locator written = page.locator(".tb-completion tb-markdown");
        String first = (String) written.first().evaluate("text => text.text");
        assertThat(first).isNotBlank();
        assertThat(written.last().evaluate("text => text.text"))
                .as("one model, one seed")
                .isEqualTo(first);
        Browser.screenshot(page, "try-it");

        page.navigate(studio.address() + "/checkpoints");
        page.getByText("twin").first().click();
        var download = page.waitForDownload(
                () -> page.getByText("Download as a Hugging Face folder").click());
        Browser.screenshot(page, "checkpoint");
        assertThat(download.suggestedFilename()).isEqualTo("twin.zip");
        assertThat(entriesOf(download.path()))
                .contains("twin/README.md", "twin/config.json", "twin/model.safetensors", "twin/tokenizer.json");
    }

    @Test
    void a_data_lead_looks_and_tries_but_neither_adds_nor_takes_home() {
        Page page = signedIn("lead", Screen.PHONE, ColorScheme.DARK);
        page.navigate(studio.address() + "/checkpoints");
        page.getByText("small-world").first().click();
        assertThat(page.getByText("Lineage")).isVisible();
        assertThat(page.getByText("Download as a Hugging Face folder")).hasCount(0);
        Browser.screenshot(page, "checkpoint-phone-dark");
        page.navigate(studio.address() + "/checkpoints");
        assertThat(page.getByText("Checkpoints").last()).isVisible();
        assertThat(page.getByText("Add a model")).isHidden();
        page.navigate(studio.address() + "/try");
        assertThat(page.locator("vaadin-text-area textarea")).isVisible();
        Browser.screenshot(page, "try-it-phone-dark");
    }

    @Test
    void an_annotator_reaches_neither_page() {
        Page page = signedIn("annotator", Screen.DESKTOP, ColorScheme.LIGHT);
        for (String path : List.of("/checkpoints", "/try")) {
            page.navigate(studio.address() + path);
            assertThat(page.getByText("There is nothing here")).isVisible();
        }
    }

    private static Page signedIn(String user, Screen screen, ColorScheme scheme) {
        Page page = browser.context(screen, scheme).newPage();
        page.navigate(studio.address() + "/login");
        page.getByLabel("User name").fill(user);
        page.locator("vaadin-password-field input").fill("tiebreak-" + user);
        page.locator("vaadin-button[theme~=primary]").click();
        page.waitForURL(url -> !url.endsWith("/login"));
        return page;
    }

    private static void choose(Page page, String label, String item) {
        Locator select = page.locator("vaadin-select").filter(new Locator.FilterOptions().setHasText(label));
        select.click();
        select.locator("vaadin-select-item:visible") // its own: the list of the one before may still be closing
                .filter(new Locator.FilterOptions().setHasText(item))
                .click();
    }

    private static Path zipOf(String name, List<String> files) throws IOException {
        Path zip = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (String file : files) {
                entries.putNextEntry(new ZipEntry("some-model/" + file));
                Files.copy(SAMPLE_MODEL.resolve(file), entries);
            }
        }
        return zip;
    }

    private static List<String> filesOfSampleModel() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLE_MODEL)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<String> entriesOf(Path zip) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(zip))) {
            return Stream.generate(() -> next(entries))
                    .takeWhile(name -> !name.isEmpty())
                    .toList();
        }
    }

    private static String next(ZipInputStream entries) {
        try {
            ZipEntry entry = entries.getNextEntry();
            return entry == null ? "" : entry.getName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
