package dev.tiebreak.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One headless Chromium from the machine's own packages; Playwright never downloads a browser.
///
/// The executable is the system property or environment variable `CHROMIUM`, else the first of Debian's usual
/// places. A machine without one fails the test with a line that says so: a skipped browser test proves nothing.
public final class Browser implements AutoCloseable {
    private static final List<String> USUAL_PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    /// Starts Chromium; close it when the test class is done.
    public static Browser launch() {
        Path executable = executable();
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new LaunchOptions()
                                .setExecutablePath(executable)
                                .setArgs(List.of(
                                        "--no-sandbox", // the gate runs as root in a container
                                        "--disable-gpu",
                                        "--disable-dev-shm-usage",
                                        "--disable-background-networking",
                                        "--no-first-run"))));
    }

    /// A fresh profile (no cookies, no storage) whose page is as large as the screen says.
    public BrowserContext context(Screen screen, ColorScheme scheme) {
        return chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setHasTouch(screen != Screen.DESKTOP)
                .setColorScheme(scheme)
                .setLocale("en-GB")
                .setAcceptDownloads(true));
    }

    public BrowserContext context() {
        return context(Screen.DESKTOP, ColorScheme.LIGHT);
    }

    /// Keeps `target/screenshots/<name>.png` for a person to look at.
    public static Path screenshot(Page page, String name) {
        Path file = Path.of("target", "screenshots", name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        return file;
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }

    private static Path executable() {
        return Stream.concat(
                        Stream.of(System.getProperty("CHROMIUM"), System.getenv("CHROMIUM"))
                                .flatMap(named -> Optional.ofNullable(named).stream()),
                        USUAL_PLACES.stream())
                .filter(place -> !place.isBlank())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no Chromium found: install Debian's package `chromium` or point CHROMIUM to one"));
    }

    /// The sizes every page must look right on.
    public enum Screen {
        DESKTOP(1366, 768),
        TABLET(820, 1180),
        PHONE(390, 844);

        final int width;
        final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }
}
