package dev.tiebreak.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import dev.tiebreak.studio.dataset.ProjectId;

/// The comparison board as an annotator has it before them.
final class BoardPage {
    /// Longer than the board waits between two tries to reach the server.
    private static final double PATIENCE_MS = 40_000;

    private final Page page;

    private BoardPage(Page page) {
        this.page = page;
    }

    static BoardPage open(BrowserContext context, RunningStudio studio, ProjectId project) {
        BoardPage board = new BoardPage(context.newPage());
        board.page.navigate(studio.address() + "/annotate/" + project.value());
        return board;
    }

    /// What stands on the screen, exactly as written: the board must show the source (key M).
    record Shown(String left, String right) {}

    Shown shown() {
        return new Shown(source("a"), source("b"));
    }

    /// Control characters are shown by their code point; here they are put back.
    private String source(String side) {
        return (String) comparison().locator(".pane." + side + " .plain").evaluate("""
                shown => {
                    const copy = shown.cloneNode(true);
                    for (const mark of copy.querySelectorAll('.control')) {
                        mark.replaceWith(String.fromCodePoint(parseInt(mark.textContent.slice(2), 16)));
                    }
                    return copy.textContent;
                }
                """);
    }

    /// The comparison to judge; those laid out ahead are not it.
    Locator comparison() {
        return page.locator(".comparison:not(.ahead)");
    }

    /// Waits longer than the board takes a second press for a bounce of the key.
    BoardPage press(String key) {
        page.waitForTimeout(220);
        page.keyboard().press(key);
        return this;
    }

    BoardPage type(String text) {
        page.keyboard().type(text);
        return this;
    }

    BoardPage ready() {
        comparison().waitFor();
        return this;
    }

    Locator status() {
        return page.locator(".status");
    }

    BoardPage saved() {
        assertThat(status()).hasText("All saved", new HasTextOptions().setTimeout(PATIENCE_MS));
        return this;
    }

    BoardPage unsaved(int judgments) {
        assertThat(status())
                .containsText(judgments + " not saved yet", new ContainsTextOptions().setTimeout(PATIENCE_MS));
        return this;
    }

    Locator progress() {
        return page.locator(".progress");
    }

    Page page() {
        return page;
    }
}
