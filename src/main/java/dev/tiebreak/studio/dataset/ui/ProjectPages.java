package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import java.util.Optional;
import java.util.function.Consumer;

/// The addresses of a project's pages.
final class ProjectPages {
    static final String PARAMETER = "projectId";

    private ProjectPages() {}

    /// @param segment empty for the overview
    static String path(ProjectId project, String segment) {
        return "projects/" + project.value() + (segment.isEmpty() ? "" : "/" + segment);
    }

    /// The annotators' board, a page of its own outside of Flow.
    static Anchor board(ProjectId project) {
        Anchor anchor = new Anchor("annotate/" + project.value(), "Annotate");
        anchor.setRouterIgnore(true);
        return anchor;
    }

    static Optional<Project> project(BeforeEnterEvent event, ProjectService projects) {
        return event.getRouteParameters()
                .get(PARAMETER)
                .flatMap(ProjectId::parse)
                .flatMap(projects::find);
    }

    /// Shows the project of the address, or the page that says there is none.
    static void show(BeforeEnterEvent event, ProjectService projects, Consumer<Project> page) {
        project(event, projects).ifPresentOrElse(page, () -> event.rerouteToError(NotFoundException.class));
    }
}
