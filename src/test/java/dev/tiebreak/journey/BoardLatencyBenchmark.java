package dev.tiebreak.journey;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import dev.tiebreak.testing.Browser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long an annotator waits from a key press until the next comparison is painted, beside what one round trip to
/// the server takes in the same page: that is what every key would cost if the board asked the server first.
@Tag("bench")
class BoardLatencyBenchmark {
    private static final int PRESSES = 120;
    private static final int WARM_UP = 20;

    /// `window.painted` resolves to milliseconds from the key press to the frame after the one in which another
    /// comparison stands there.
    private static final String NEXT_PAINTED = """
            () => { window.painted = new Promise(done => {
              const root = document.querySelector('tb-board').shadowRoot ?? document;
              const shown = () => root.querySelector('.comparison:not(.ahead)');
              addEventListener('keydown', () => {
                const pressed = performance.now();
                const before = shown();
                const text = before.innerText;
                const look = () => {
                  const now = shown();
                  if (now && (now !== before || now.innerText !== text)) {
                    const channel = new MessageChannel(); // its message comes after the paint of this frame
                    channel.port1.onmessage = () => done(performance.now() - pressed);
                    requestAnimationFrame(() => channel.port2.postMessage(0));
                  } else {
                    requestAnimationFrame(look);
                  }
                };
                requestAnimationFrame(look);
              }, { capture: true, once: true });
            }); }
            """;

    private static final String ROUND_TRIP = """
            async address => {
              const asked = performance.now();
              await (await fetch(address, { cache: 'no-store' })).text();
              return performance.now() - asked;
            }
            """;

    @TempDir
    static Path data;

    @Test
    void from_key_press_to_next_comparison() throws Exception {
        try (RunningStudio studio = RunningStudio.start(data);
                Browser browser = Browser.launch();
                BrowserContext context = browser.context()) {
            context.addCookies(People.signIn(browser, studio, "annotator"));
            var project = studio.project("Everyday assistant");
            BoardPage board = BoardPage.open(context, studio, project).ready();
            List<Long> bytes = new ArrayList<>();
            board.page().onRequestFinished(request -> count(request, bytes));
            double[] painted = new double[PRESSES];
            double[] roundTrip = new double[PRESSES];
            String address = studio.address() + "/api/board/projects/" + project.value();
            for (int i = -WARM_UP; i < PRESSES; i++) {
                double waited = press(board, "1234567".charAt(Math.floorMod(i, 7)));
                double asked = number(board.page().evaluate(ROUND_TRIP, address));
                if (i >= 0) {
                    painted[i] = waited;
                    roundTrip[i] = asked;
                }
            }
            board.saved();
            print(painted, roundTrip, bytes.stream().mapToLong(Long::longValue).sum() / (PRESSES + WARM_UP));
        }
    }

    private static double press(BoardPage board, char key) {
        Page page = board.page();
        page.evaluate(NEXT_PAINTED);
        board.press(Character.toString(key));
        return number(page.evaluate("() => window.painted"));
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static void count(Request request, List<Long> bytes) {
        if (request.method().equals("POST")) {
            var sizes = request.sizes();
            bytes.add((long) sizes.requestBodySize + sizes.responseBodySize);
        }
    }

    private static void print(double[] painted, double[] roundTrip, long bytesEach) {
        System.out.printf("%n%-44s %8s %8s%n", "milliseconds, " + PRESSES + " presses", "median", "95 %");
        row("key press → next comparison painted", painted);
        row("one round trip to the server, unpainted", roundTrip);
        System.out.printf("%-44s %8.2f%n", "ratio of the medians", quantile(painted, 0.5) / quantile(roundTrip, 0.5));
        System.out.printf("%-44s %8d%n", "bytes a judgment, bodies there and back", bytesEach);
    }

    private static void row(String what, double[] values) {
        System.out.printf("%-44s %8.1f %8.1f%n", what, quantile(values, 0.5), quantile(values, 0.95));
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
