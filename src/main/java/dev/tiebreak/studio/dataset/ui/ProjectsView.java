package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.HorizontalLayout;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectFigures;
import dev.tiebreak.studio.dataset.ProjectRubrics;
import dev.tiebreak.studio.dataset.ProjectService;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;

/// All projects, how much they hold and how far they are judged.
@Route("projects")
@PageTitle("Projects")
@Menu(title = "Projects", order = 10, icon = "vaadin:folder-open-o")
@RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class ProjectsView extends VerticalLayout {
    private final ProjectService projects;
    private final ProjectRubrics rubrics;

    ProjectsView(ProjectService projects, ProjectFigures figures, ProjectRubrics rubrics) {
        this.projects = projects;
        this.rubrics = rubrics;
        Button create = new Button("New project", _ -> create());
        create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        HorizontalLayout header = new HorizontalLayout(new H2("Projects"), create);
        header.setWidthFull();
        header.setWrap(true);
        header.setAlignItems(Alignment.CENTER);
        header.setJustifyContentMode(JustifyContentMode.BETWEEN);
        addClassName("tb-projects");
        List<Project> all = projects.all();
        add(header, all.isEmpty() ? nothing() : cards(all, figures));
    }

    private static Div nothing() {
        Div empty = new Div(
                new Paragraph("There is no project yet."),
                new Paragraph("A project holds prompts with their completions, is judged by one rubric, and is where"
                        + " agreement and datasets are found."));
        empty.addClassName("tb-empty");
        return empty;
    }

    private Div cards(List<Project> all, ProjectFigures figures) {
        Div cards = new Div();
        cards.addClassName("tb-project-cards");
        for (Project project : all) {
            cards.add(new ProjectCard(
                    project,
                    figures.counts(project.id()),
                    figures.coverage(project.id()),
                    project.rubricKey().map(rubrics::title)));
        }
        return cards;
    }

    private void create() {
        new NewProjectDialog(
                        projects,
                        rubrics.all(),
                        project -> UI.getCurrent().navigate(ProjectPages.path(project.id(), "")))
                .open();
    }
}
