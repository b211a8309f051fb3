package dev.tiebreak.studio.judgment.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.judgment.Workplace;
import dev.tiebreak.studio.judgment.Workplaces;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;

/// How a project treats its annotators: for how long they may reopen what they judged, and what they are told.
@Route("projects/:projectId/workplace")
@PageTitle("Workplace")
@StyleSheet("context://studio/judgment.css")
@RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
class WorkplaceView extends VerticalLayout implements BeforeEnterObserver {
    private static final int MOST_MINUTES = (int) Workplace.LONGEST.toMinutes();

    private final ProjectService projects;
    private final Workplaces workplaces;

    WorkplaceView(ProjectService projects, Workplaces workplaces) {
        this.projects = projects;
        this.workplaces = workplaces;
        addClassName("tb-workplace");
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
        Workplace now = workplaces.of(project.id());
        IntegerField minutes = new IntegerField("Minutes in which a judgment may be reopened");
        minutes.setMin(0);
        minutes.setMax(MOST_MINUTES);
        minutes.setStepButtonsVisible(true);
        minutes.setValueChangeMode(ValueChangeMode.EAGER);
        minutes.setValue((int) now.reopenFor().toMinutes());
        minutes.setHelperText("0 for never, 1440 for a day. A reopened judgment stays in the log, superseded.");
        Checkbox feedback = new Checkbox("Show annotators how their judgments of gold comparisons turned out");
        feedback.setValue(now.showsFeedback());
        Button save = new Button("Save", _ -> save(project, minutes.getValue(), feedback.getValue()));
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        minutes.addValueChangeListener(_ -> save.setEnabled(!minutes.isInvalid() && isPossible(minutes)));
        Section section = new Section(
                new Paragraph("What annotators of this project find on their own page and on the board."),
                minutes,
                feedback,
                save);
        section.addClassNames("tb-panel", "tb-workplace-form");
        add(section);
    }

    private static boolean isPossible(IntegerField minutes) {
        return !minutes.isEmpty() && minutes.getValue() >= 0 && minutes.getValue() <= MOST_MINUTES;
    }

    private void save(Project project, int minutes, boolean showsFeedback) {
        workplaces.set(project, new Workplace(Duration.ofMinutes(minutes), showsFeedback));
        Notification.show("Saved.", 3000, Notification.Position.BOTTOM_START);
    }
}
