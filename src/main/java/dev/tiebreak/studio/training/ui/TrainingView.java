package dev.tiebreak.studio.training.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.preference.PreferenceService;
import dev.tiebreak.studio.training.LiveRuns;
import dev.tiebreak.studio.training.LiveRuns.Summary;
import dev.tiebreak.studio.training.TrainingRun;
import dev.tiebreak.studio.training.TrainingRunId;
import jakarta.annotation.security.RolesAllowed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All runs, the newest first; the page follows them.
@Route("training")
@PageTitle("Training")
@Menu(title = "Training", order = 60, icon = "vaadin:line-chart")
@StyleSheet("context://studio/training.css")
@RolesAllowed({Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class TrainingView extends VerticalLayout {
    private final LiveRuns live;
    private final PreferenceService preferences;
    private final Map<TrainingRunId, RunCard> cards = new HashMap<>();
    private final Div list = new Div();
    private final Paragraph none =
            new Paragraph("No run yet. Freeze a dataset version of a project, then click Train beside it.");
    private Optional<LiveRuns.Handle> followed = Optional.empty();

    TrainingView(LiveRuns live, PreferenceService preferences) {
        this.live = live;
        this.preferences = preferences;
        list.addClassName("tb-run-list");
        addClassName("tb-training");
        add(new H2("Training"), none, list);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        followed = Optional.of(live.followAll(Pushed.to(event.getUI(), this::show)));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        followed.ifPresent(LiveRuns.Handle::close);
    }

    private void show(List<Summary> summaries) {
        none.setVisible(summaries.isEmpty());
        summaries.reversed().forEach(this::show);
    }

    private void show(Summary summary) {
        cards.computeIfAbsent(summary.run().id(), _ -> newCard(summary.run())).show(summary);
    }

    private RunCard newCard(TrainingRun run) {
        String dataset =
                preferences.find(run.datasetVersion()).map(preferences::title).orElse("a dataset version");
        RunCard card = new RunCard(run, dataset);
        list.addComponentAsFirst(card);
        return card;
    }
}
