package dev.tiebreak.journey;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import dev.tiebreak.testing.Browser;
import java.util.List;

/// Signs the demo people in, through the page they would use.
final class People {

    private People() {}

    /// @param name `annotator`, `lead`, `engineer` or `admin`
    /// @return the session, good for other contexts too
    static List<Cookie> signIn(Browser browser, RunningStudio studio, String name) {
        try (BrowserContext context = browser.context()) {
            Page page = context.newPage();
            page.navigate(studio.address() + "/login");
            signIn(page, name);
            return context.cookies();
        }
    }

    /// On a page that shows the sign-in form.
    static void signIn(Page page, String name) {
        page.getByLabel("User name").fill(name);
        page.locator("vaadin-password-field input").fill("tiebreak-" + name);
        page.locator("vaadin-button[theme~=primary]").click();
        page.waitForURL(address -> !address.contains("/login"));
    }
}
