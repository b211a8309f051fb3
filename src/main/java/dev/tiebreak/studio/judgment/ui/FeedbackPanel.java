package dev.tiebreak.studio.judgment.ui;

import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.judgment.OwnFeedback.Feedback;
import dev.tiebreak.studio.shell.ui.ModelText;
import java.util.List;

/// One's own choices in a project beside what was decided in advance.
class FeedbackPanel extends Section {
    FeedbackPanel(Project project, List<Feedback> told) {
        UnorderedList list = new UnorderedList();
        told.forEach(feedback -> list.add(item(feedback)));
        addClassNames("tb-panel", "tb-feedback");
        add(new H3(getTranslation("my.feedback.title") + " – " + project.name()), list);
    }

    private ListItem item(Feedback feedback) {
        Span verdict = new Span(getTranslation(feedback.agrees() ? "my.feedback.agrees" : "my.feedback.differs"));
        verdict.addClassName(feedback.agrees() ? "tb-agrees" : "tb-differs");
        Paragraph choices = new Paragraph(
                verdict,
                new Span(getTranslation("my.feedback.chosen", choice(feedback.chosen()))),
                new Span(getTranslation("my.feedback.expected", choice(feedback.expected()))));
        choices.addClassName("tb-history-facts");
        Span prompt = new Span(feedback.prompt());
        prompt.addClassName("tb-history-prompt");
        ListItem item = new ListItem(choices, prompt);
        feedback.explanation().ifPresent(why -> item.add(new ModelText(why)));
        return item;
    }

    private String choice(String pressed) {
        return getTranslation("judging.choice." + pressed);
    }
}
