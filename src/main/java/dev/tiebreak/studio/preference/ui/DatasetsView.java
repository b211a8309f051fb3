package dev.tiebreak.studio.preference.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.preference.DatasetVersion;
import dev.tiebreak.studio.preference.DatasetVersionAction;
import dev.tiebreak.studio.preference.Freeze;
import dev.tiebreak.studio.preference.FreezeSettings;
import dev.tiebreak.studio.preference.NothingToFreezeException;
import dev.tiebreak.studio.preference.PreferenceService;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/// Freezes a project's judgments into dataset versions, and lists those there are.
@Route("projects/:projectId/datasets")
@PageTitle("Datasets")
@StyleSheet("context://studio/preference.css")
@RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class DatasetsView extends VerticalLayout implements BeforeEnterObserver {
    private final PreferenceService preferences;
    private final ProjectService projects;
    private final List<DatasetVersionAction> actions;
    private final Downloads downloads;
    private final Div list = new Div();

    DatasetsView(
            PreferenceService preferences,
            ProjectService projects,
            ObjectProvider<DatasetVersionAction> actions,
            CurrentAccount current,
            Downloads downloads) {
        this.preferences = preferences;
        this.projects = projects;
        this.actions = actions.orderedStream()
                .filter(action -> action.roles().stream().anyMatch(current.require()::has))
                .toList();
        this.downloads = downloads;
        list.addClassName("tb-versions");
        addClassName("tb-datasets");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        event.getRouteParameters()
                .get("projectId")
                .flatMap(ProjectId::parse)
                .flatMap(projects::find)
                .ifPresentOrElse(this::show, () -> event.rerouteToError(NotFoundException.class));
    }

    private void show(Project project) {
        add(
                new FreezePanel(preferences.preview(project.id()), settings -> freeze(project, settings)),
                new H3("Versions"),
                list);
        refresh(project);
    }

    private void freeze(Project project, FreezeSettings settings) {
        try {
            Freeze freeze = preferences.freeze(project.id(), settings);
            int number = freeze.version().number();
            if (freeze.isNew()) {
                notify("Version " + number + " is frozen.", NotificationVariant.LUMO_SUCCESS);
            } else {
                notify(
                        "Nothing has changed: this is identical to version " + number + ".",
                        NotificationVariant.LUMO_CONTRAST);
            }
            refresh(project);
        } catch (NothingToFreezeException e) {
            notify(e.reason(), NotificationVariant.LUMO_WARNING);
        }
    }

    private static void notify(String text, NotificationVariant variant) {
        Notification.show(text, 6000, Notification.Position.BOTTOM_START).addThemeVariants(variant);
    }

    private void refresh(Project project) {
        list.removeAll();
        List<DatasetVersion> versions = preferences.versions(project.id());
        if (versions.isEmpty()) {
            list.setText("None yet. A version never changes: what is trained on it can always be traced back.");
        }
        versions.forEach(version -> list.add(new VersionCard(version, actions, downloads)));
    }
}
