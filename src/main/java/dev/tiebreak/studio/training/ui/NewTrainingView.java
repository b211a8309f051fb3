package dev.tiebreak.studio.training.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.preference.DatasetVersion;
import dev.tiebreak.studio.preference.DatasetVersionId;
import dev.tiebreak.studio.preference.PreferenceService;
import dev.tiebreak.studio.training.FreeMemory;
import dev.tiebreak.studio.training.TrainingService;
import jakarta.annotation.security.RolesAllowed;
import java.util.UUID;

/// Where a run on a dataset version is started: a form that is filled in already.
@Route("training/new/:versionId")
@PageTitle("Train")
@StyleSheet("context://studio/training.css")
@RolesAllowed({Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class NewTrainingView extends VerticalLayout implements BeforeEnterObserver {
    private final TrainingService training;
    private final PreferenceService preferences;
    private final FreeMemory freeMemory;

    NewTrainingView(TrainingService training, PreferenceService preferences, FreeMemory freeMemory) {
        this.training = training;
        this.preferences = preferences;
        this.freeMemory = freeMemory;
        addClassName("tb-training");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        event.getRouteParameters()
                .get("versionId")
                .filter(id -> id.matches("[0-9a-fA-F-]{36}"))
                .flatMap(id -> preferences.find(new DatasetVersionId(UUID.fromString(id))))
                .ifPresentOrElse(this::show, () -> event.rerouteToError(NotFoundException.class));
    }

    private void show(DatasetVersion version) {
        removeAll();
        Paragraph rows = new Paragraph("%,d pairs to train on, %,d held out: %s."
                .formatted(
                        version.counts().trainPairs(),
                        version.counts().testPairs(),
                        version.counts().testPairs() > 0
                                ? "their curves tell whether it learns more than these rows"
                                : "without held-out pairs nobody can tell what it has learned"));
        add(new H2("Train on " + preferences.title(version)), rows);
        if (training.basesFor(TrainingMethod.REWARD_MODEL).isEmpty()) {
            add(new Paragraph("There is no model to start from yet."), new Anchor("checkpoints", "Add a base model"));
        } else {
            add(new TrainingForm(version, training, freeMemory));
        }
    }
}
