package dev.tiebreak.studio.judgment.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.assignment.AssignmentService;
import dev.tiebreak.studio.assignment.Progress;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.rubric.Rubric;
import dev.tiebreak.studio.rubric.RubricKey;
import dev.tiebreak.studio.rubric.RubricService;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Optional;

/// Where an annotator begins: the projects with comparisons to judge, and how far they are.
@Route("annotate")
@PageTitle("Annotate")
@Menu(title = "Annotate", order = 20, icon = "vaadin:scale")
@StyleSheet("context://studio/judgment.css")
@RolesAllowed({Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
class AnnotateView extends VerticalLayout {
    private final RubricService rubrics;

    AnnotateView(
            ProjectService projects, AssignmentService assignments, RubricService rubrics, CurrentAccount current) {
        this.rubrics = rubrics;
        AnnotatorId me = current.require().id().asAnnotator();
        List<Work> mine = projects.all().stream()
                .map(project -> new Work(project, assignments.progress(project.id(), me)))
                .filter(work -> work.progress.total() > 0)
                .toList();
        List<Work> open = mine.stream().filter(Work::isOpen).toList();
        List<Work> done = mine.stream().filter(work -> !work.isOpen()).toList();
        addClassName("tb-annotate");
        add(new H2("Annotate"));
        add(open.isEmpty() ? nothingToDo(!done.isEmpty()) : cards(open));
        if (!done.isEmpty()) {
            add(new H3("Done"), cards(done));
        }
    }

    private record Work(Project project, Progress progress) {
        boolean isOpen() {
            return progress.available() > 0;
        }
    }

    private static Div nothingToDo(boolean didSome) {
        Div empty = new Div(
                new H3(didSome ? "Nothing is left to judge – thank you" : "Nothing to judge yet"),
                new Paragraph("New comparisons show up here as soon as a data lead adds some."));
        empty.addClassName("tb-empty");
        return empty;
    }

    private Div cards(List<Work> works) {
        Div cards = new Div();
        cards.addClassName("tb-work-cards");
        works.forEach(work -> cards.add(new WorkCard(work.project, rubric(work.project), work.progress)));
        return cards;
    }

    private Optional<Rubric> rubric(Project project) {
        return project.rubricKey().flatMap(key -> rubrics.current(new RubricKey(key)));
    }
}
