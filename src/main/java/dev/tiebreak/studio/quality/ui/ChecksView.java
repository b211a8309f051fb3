package dev.tiebreak.studio.quality.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.assignment.CheckService;
import dev.tiebreak.studio.assignment.GoldItem;
import dev.tiebreak.studio.assignment.InvalidCheckException;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How a project checks its annotators: hidden repeats, gold items and attention checks.
@Route("projects/:projectId/checks")
@PageTitle("Checks")
@StyleSheet("context://studio/quality.css")
@RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
class ChecksView extends VerticalLayout implements BeforeEnterObserver {
    private final CheckService checks;
    private final Comparisons comparisons;
    private final ProjectService projects;

    ChecksView(CheckService checks, Comparisons comparisons, ProjectService projects) {
        this.checks = checks;
        this.comparisons = comparisons;
        this.projects = projects;
        addClassName("tb-checks");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        event.getRouteParameters()
                .get("projectId")
                .flatMap(ProjectId::parse)
                .flatMap(projects::find)
                .ifPresentOrElse(this::show, () -> event.rerouteToError(NotFoundException.class));
    }

    private void show(Project project) {
        removeAll();
        add(
                new Paragraph("Annotators cannot tell a check from other work. Checks take nothing from the overlap and"
                        + " are left out of agreement, consensus and datasets; how people did stands in the table of"
                        + " annotators under Agreement."),
                new CheckSettingsForm(
                        checks.settings(project.id()),
                        settings -> change(project, () -> {
                            checks.set(project.id(), settings.get());
                            Notification.show("Saved.");
                        })),
                new H3("Gold comparisons"));
        List<GoldItem> gold = checks.gold(project.id());
        if (!gold.isEmpty()) {
            add(new GoldTable(
                    gold, texts(gold), comparison -> change(project, () -> checks.unmark(project.id(), comparison))));
        }
        add(new GoldForm((number, item) -> change(project, () -> mark(project, number, item))));
    }

    private void mark(Project project, int number, Function<ComparisonId, GoldItem> item) {
        ComparisonId comparison = comparisons
                .numbered(project.id(), number)
                .orElseThrow(() -> new InvalidCheckException("There is no comparison " + number + "."));
        checks.mark(project.id(), List.of(item.apply(comparison)));
    }

    private void change(Project project, Runnable change) {
        try {
            change.run();
            show(project);
        } catch (InvalidCheckException e) {
            Notification.show(e.getMessage());
        }
    }

    private Map<ComparisonId, Comparison> texts(List<GoldItem> gold) {
        return comparisons.findAll(gold.stream().map(GoldItem::comparison).toList()).stream()
                .collect(Collectors.toMap(Comparison::id, Function.identity()));
    }
}
