package dev.tiebreak.studio.training.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.tiebreak.studio.training.LiveRuns.Summary;
import dev.tiebreak.studio.training.TrainingRun;

/// A run in the list.
class RunCard extends Section {
    private final StateBadge state = new StateBadge();
    private final ProgressBar bar = new ProgressBar();
    private final Paragraph figures = new Paragraph();
    private final Paragraph message = new Paragraph();

    /// @param dataset its title
    RunCard(TrainingRun run, String dataset) {
        Anchor name = new Anchor("training/" + run.id().value(), run.name());
        Div header = new Div(new H3(name), state);
        header.addClassName("tb-run-header");
        Paragraph made =
                new Paragraph("On %s, by %s, %s".formatted(dataset, run.createdBy(), RunText.minute(run.createdAt())));
        made.addClassName("tb-soft");
        message.addClassName("tb-run-message");
        addClassName("tb-run");
        add(header, bar, figures, message, made);
    }

    void show(Summary summary) {
        TrainingRun run = summary.run();
        state.show(run.state());
        bar.setVisible(!run.state().isOver() && run.totalSteps() > 0);
        bar.setValue(run.totalSteps() == 0 ? 0 : (double) run.step() / run.totalSteps());
        String progress = RunText.progress(run);
        String latest = RunText.latest(summary.latest());
        figures.setText(progress.isEmpty() || latest.isEmpty() ? progress + latest : progress + " · " + latest);
        figures.setVisible(!figures.getText().isEmpty());
        message.setText(run.message().orElse(""));
        message.setVisible(run.message().isPresent());
    }
}
