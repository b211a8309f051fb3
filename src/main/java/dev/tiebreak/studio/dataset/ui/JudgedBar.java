package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.tiebreak.studio.dataset.Coverage;

/// How many of the judgments that a project wants are there, as a bar and in words.
class JudgedBar extends Div {

    JudgedBar(Coverage coverage, int overlap) {
        addClassName("tb-judged");
        long wanted = coverage.wanted(overlap);
        long judged = coverage.judged(overlap);
        ProgressBar bar = new ProgressBar(0, Math.max(1, wanted), judged);
        bar.getElement().setAttribute("aria-label", "Judged");
        Span text = new Span(wanted == 0 ? "Nothing to judge yet" : text(judged, wanted, coverage.total()));
        text.addClassName("tb-soft");
        add(bar, text);
    }

    private static String text(long judged, long wanted, long total) {
        return "%,d of %,d wanted judgments (%.0f %%)%s"
                .formatted(
                        judged,
                        wanted,
                        Math.floor(100.0 * judged / wanted),
                        total > judged ? "; %,d in all".formatted(total) : "");
    }
}
