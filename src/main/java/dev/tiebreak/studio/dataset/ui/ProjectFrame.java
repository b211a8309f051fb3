package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.router.RouterLayout;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.dataset.ProjectTab;
import dev.tiebreak.studio.shell.ui.MainLayout;
import jakarta.annotation.security.PermitAll;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/// What every page of a project has above it, whichever room it is from: the project's name and its tabs.
@Layout("projects")
@ParentLayout(MainLayout.class)
@StyleSheet("context://studio/dataset.css")
@PermitAll
class ProjectFrame extends Div implements RouterLayout, BeforeEnterObserver {
    private final ProjectService projects;
    private final List<ProjectTab> tabs;
    private final CurrentAccount current;
    private final Header header = new Header();

    ProjectFrame(ProjectService projects, ObjectProvider<ProjectTab> tabs, CurrentAccount current) {
        this.projects = projects;
        this.tabs =
                tabs.stream().sorted(Comparator.comparingInt(ProjectTab::order)).toList();
        this.current = current;
        header.addClassName("tb-project-header");
        addClassName("tb-project-frame");
        add(header);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        header.removeAll();
        ProjectPages.project(event, projects)
                .ifPresent(project -> header.add(
                        new H2(project.name()),
                        tabs(project, event.getLocation().getPath())));
    }

    private Nav tabs(Project project, String path) {
        Nav nav = new Nav();
        nav.setAriaLabel("Pages of the project");
        tabs.stream()
                .filter(tab ->
                        !Collections.disjoint(tab.roles(), current.require().roles()))
                .map(tab -> link(tab.label(), ProjectPages.path(project.id(), tab.segment()), path))
                .forEach(nav::add);
        return nav;
    }

    private static Anchor link(String label, String target, String path) {
        Anchor link = new Anchor(target, label);
        if (path.equals(target)) {
            link.getElement().setAttribute("aria-current", "page");
        }
        return link;
    }
}
