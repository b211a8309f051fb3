package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.Coverage;
import dev.tiebreak.studio.dataset.ImportHistory;
import dev.tiebreak.studio.dataset.ImportRun;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectFigures;
import dev.tiebreak.studio.dataset.ProjectFigures.Counts;
import dev.tiebreak.studio.dataset.ProjectRubrics;
import dev.tiebreak.studio.dataset.ProjectService;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Set;

/// A project at a glance: what it holds, how far it is judged, what was imported.
@Route("projects/:projectId")
@PageTitle("Project")
@RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class OverviewView extends VerticalLayout implements BeforeEnterObserver {
    private static final Set<Role> MAY_ANNOTATE = Set.of(Role.ANNOTATOR, Role.DATA_LEAD, Role.ADMINISTRATOR);

    private final ProjectService projects;
    private final ProjectFigures figures;
    private final ProjectRubrics rubrics;
    private final ImportHistory imports;
    private final CurrentAccount current;

    OverviewView(
            ProjectService projects,
            ProjectFigures figures,
            ProjectRubrics rubrics,
            ImportHistory imports,
            CurrentAccount current) {
        this.projects = projects;
        this.figures = figures;
        this.rubrics = rubrics;
        this.imports = imports;
        this.current = current;
        addClassName("tb-project");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        ProjectPages.show(event, projects, this::show);
    }

    private void show(Project project) {
        removeAll();
        Counts counts = figures.counts(project.id());
        if (!project.description().isBlank()) {
            Paragraph description = new Paragraph(project.description());
            description.addClassName("tb-project-description");
            add(description);
        }
        add(actions(project, counts), figures(project, counts));
        if (counts.comparisons() > 0) {
            add(judged(project));
        }
        add(imports(imports.of(project.id())));
    }

    private Div actions(Project project, Counts counts) {
        Div actions = new Div();
        actions.addClassName("tb-actions");
        boolean mayAnnotate = current.require().roles().stream().anyMatch(MAY_ANNOTATE::contains);
        if (mayAnnotate && counts.comparisons() > 0) {
            actions.add(action(ProjectPages.board(project.id()), true));
        }
        Anchor imports = new Anchor(ProjectPages.path(project.id(), "import"), "Import files");
        actions.add(action(imports, counts.comparisons() == 0));
        return actions;
    }

    private static Anchor action(Anchor link, boolean primary) {
        link.addClassName(primary ? "tb-action" : "tb-action-quiet");
        return link;
    }

    private Div figures(Project project, Counts counts) {
        Div figures = new Div(
                figure("%,d".formatted(counts.prompts()), "prompts"),
                figure("%,d".formatted(counts.completions()), "completions"),
                figure("%,d".formatted(counts.comparisons()), "comparisons"),
                figure(
                        "%,d".formatted(project.overlap()),
                        project.overlap() == 1 ? "annotator each" : "annotators each"),
                figure(project.rubricKey().map(rubrics::title).orElse("None"), "rubric"));
        figures.addClassName("tb-project-figures");
        return figures;
    }

    private static Div figure(String value, String what) {
        Span number = new Span(value);
        number.addClassName("tb-project-figure");
        return new Div(number, new Span(what));
    }

    private Section judged(Project project) {
        Coverage coverage = figures.coverage(project.id());
        Section section = new Section(
                new H3("Judged"),
                new JudgedBar(coverage, project.overlap()),
                new CoverageTable(coverage, project.overlap()),
                new OverlapField(project, overlap -> {
                    projects.setOverlap(project.id(), overlap);
                    projects.find(project.id()).ifPresent(this::show);
                }));
        section.addClassName("tb-panel");
        return section;
    }

    private static Section imports(List<ImportRun> runs) {
        Section section = new Section(new H3("Imports"));
        section.add(
                runs.isEmpty()
                        ? new Paragraph("Nothing was imported yet: a project is filled with files of prompts with"
                                + " completions, of preference pairs, or of votes on them.")
                        : new ImportRuns(runs));
        section.addClassName("tb-panel");
        return section;
    }
}
