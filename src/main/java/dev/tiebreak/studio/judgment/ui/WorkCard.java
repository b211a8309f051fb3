package dev.tiebreak.studio.judgment.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.tiebreak.studio.assignment.Progress;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.judgment.OwnRubrics;
import dev.tiebreak.studio.rubric.Rubric;

/// One project for an annotator: what it is about, its rubric, how far they are, and the way to the board.
class WorkCard extends Article {
    WorkCard(Project project, OwnRubrics rubrics, Progress progress) {
        addClassNames("tb-panel", "tb-work-card");
        add(new H3(project.name()));
        if (!project.description().isBlank()) {
            Paragraph description = new Paragraph(project.description());
            description.addClassName("tb-work-description");
            add(description);
        }
        rubrics.current(project.id()).ifPresent(rubric -> add(rubric(project, rubric, rubrics)));
        ProgressBar bar = new ProgressBar(0, progress.total(), progress.done());
        bar.getElement().setAttribute("aria-label", getTranslation("my.progress"));
        Paragraph text = new Paragraph(
                new Span(getTranslation("my.judged", progress.done())),
                new Span(" · "),
                new Span(getTranslation("my.left", progress.available())));
        text.addClassName("tb-soft");
        add(bar, text);
        if (progress.available() > 0) {
            add(board(project, getTranslation(progress.done() == 0 ? "my.start" : "my.go-on")));
        }
    }

    private Paragraph rubric(Project project, Rubric rubric, OwnRubrics rubrics) {
        Button open = new Button(
                rubric.title(),
                _ -> rubrics.changed(project.id())
                        .map(changed -> new RubricDialog(changed, () -> rubrics.see(changed.current())))
                        .orElseGet(() -> new RubricDialog(rubric))
                        .open());
        open.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE);
        return new Paragraph(new Span(getTranslation("my.rubric") + ": "), open);
    }

    /// The board is a page of its own, outside of Flow.
    private Anchor board(Project project, String label) {
        Anchor anchor = new Anchor("annotate/" + project.id().value(), label);
        anchor.setRouterIgnore(true);
        anchor.setAriaLabel(getTranslation("my.start-of", label, project.name()));
        anchor.addClassName("tb-action");
        return anchor;
    }
}
