package dev.tiebreak.studio.judgment.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.assignment.AssignmentService;
import dev.tiebreak.studio.assignment.Progress;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.judgment.HistoryFilter;
import dev.tiebreak.studio.judgment.OwnFeedback;
import dev.tiebreak.studio.judgment.OwnHistory;
import dev.tiebreak.studio.judgment.OwnPace;
import dev.tiebreak.studio.judgment.OwnRubrics;
import jakarta.annotation.security.RolesAllowed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where an annotator begins: what is left, how today goes, what changed in the rubrics, and their own last judgments.
@Route("annotate")
@Menu(title = "My page", order = 20, icon = "vaadin:scale")
@StyleSheet("context://studio/judgment.css")
@RolesAllowed({Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
class MyPageView extends VerticalLayout implements HasDynamicTitle {
    private final OwnRubrics rubrics;

    MyPageView(
            ProjectService projects,
            AssignmentService assignments,
            OwnRubrics rubrics,
            OwnPace pace,
            OwnFeedback feedback,
            OwnHistory history,
            CurrentAccount current) {
        this.rubrics = rubrics;
        AnnotatorId me = current.require().id().asAnnotator();
        List<Work> mine = projects.all().stream()
                .map(project -> new Work(project, assignments.progress(project.id(), me)))
                .filter(work -> work.progress.total() > 0)
                .toList();
        addClassName("tb-annotate");
        add(new H2(getTranslation("my.title")));
        addChangedRubrics(mine);
        addWork(mine);
        if (history.count(HistoryFilter.ALL) > 0) {
            List<Project> begun = mine.stream()
                    .filter(work -> work.progress.done() > 0)
                    .map(Work::project)
                    .toList();
            add(new PacePanel(pace, Moments.here()));
            begun.forEach(project -> {
                List<OwnFeedback.Feedback> told = feedback.of(project.id());
                if (!told.isEmpty()) {
                    add(new FeedbackPanel(project, told));
                }
            });
            add(new HistoryPanel(history, begun, Moments.here()));
        }
    }

    private record Work(Project project, Progress progress) {
        boolean isOpen() {
            return progress.available() > 0;
        }
    }

    /// One banner a rubric, in however many projects it is.
    private void addChangedRubrics(List<Work> mine) {
        Map<String, OwnRubrics.Changed> changed = new LinkedHashMap<>();
        mine.forEach(work -> rubrics.changed(work.project.id())
                .ifPresent(change -> changed.putIfAbsent(change.current().key().value(), change)));
        changed.values().forEach(change -> add(new ChangedRubricBanner(change, rubrics)));
    }

    private void addWork(List<Work> mine) {
        List<Work> open = mine.stream().filter(Work::isOpen).toList();
        List<Work> done = mine.stream().filter(work -> !work.isOpen()).toList();
        add(open.isEmpty() ? nothingToDo(!done.isEmpty()) : cards(open));
        if (!done.isEmpty()) {
            add(new H3(getTranslation("my.done")), cards(done));
        }
    }

    private Div nothingToDo(boolean didSome) {
        Div empty = new Div(
                new H3(getTranslation(didSome ? "my.nothing.done" : "my.nothing.yet")),
                new Paragraph(getTranslation("my.nothing.hint")));
        empty.addClassName("tb-empty");
        return empty;
    }

    private Div cards(List<Work> works) {
        Div cards = new Div();
        cards.addClassName("tb-work-cards");
        works.forEach(work -> cards.add(new WorkCard(work.project, rubrics, work.progress)));
        return cards;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("my.title") + " – Tiebreak";
    }
}
