package dev.tiebreak.studio.judgment.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.tiebreak.studio.assignment.Progress;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.rubric.Rubric;
import java.util.Optional;

/// One project for an annotator: what it is about, its rubric, how far they are, and the way to the board.
class WorkCard extends Article {

    WorkCard(Project project, Optional<Rubric> rubric, Progress progress) {
        addClassNames("tb-panel", "tb-work-card");
        add(new H3(project.name()));
        if (!project.description().isBlank()) {
            Paragraph description = new Paragraph(project.description());
            description.addClassName("tb-work-description");
            add(description);
        }
        rubric.ifPresent(by -> add(new Paragraph(
                new Span("Rubric: "), new Anchor("rubrics/" + by.key().value(), by.title()))));
        ProgressBar bar = new ProgressBar(0, progress.total(), progress.done());
        bar.getElement().setAttribute("aria-label", "Judged by you");
        Paragraph text = new Paragraph("%,d done, %,d left".formatted(progress.done(), progress.available()));
        text.addClassName("tb-soft");
        add(bar, text);
        if (progress.available() > 0) {
            add(board(project, progress.done() == 0 ? "Start" : "Go on"));
        }
    }

    /// The board is a page of its own, outside of Flow.
    private static Anchor board(Project project, String label) {
        Anchor anchor = new Anchor("annotate/" + project.id().value(), label);
        anchor.setRouterIgnore(true);
        anchor.setAriaLabel(label + ": " + project.name());
        anchor.addClassName("tb-action");
        return anchor;
    }
}
