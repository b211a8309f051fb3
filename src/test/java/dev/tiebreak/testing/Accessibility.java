package dev.tiebreak.testing;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Looks at a page with axe-core, by the rules of WCAG 2.2, levels A and AA.
public final class Accessibility {
    private static final String AXE = source();

    private Accessibility() {}

    /// @return one line a finding: the rule, what it asks for, and the element; empty when all is well
    @SuppressWarnings("unchecked")
    public static List<String> violations(Page page) {
        page.evaluate(AXE);
        return (List<String>) page.evaluate("""
                async () => {
                    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
                    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
                    return violations.flatMap(({ id, help, nodes }) =>
                        nodes.filter(node => !(id === 'target-size' && node.html.includes('vaadin-grid-cell'))) // cut by the window
                            .map(node => `${id}: ${help}: ${node.html.slice(0, 200)} (${node.failureSummary})`));
                }
                """);
    }

    private static String source() {
        try (InputStream axe = Objects.requireNonNull(Accessibility.class.getResourceAsStream("/axe.min.js"))) {
            return new String(axe.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
