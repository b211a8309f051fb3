package dev.tiebreak.studio.training.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.tiebreak.studio.training.LiveRuns.News;
import dev.tiebreak.studio.training.TrainingRun;
import dev.tiebreak.studio.training.TrainingState;

/// How a run stands, and what can be done about it.
class RunHeader extends Section {
    private final StateBadge state = new StateBadge();
    private final ProgressBar bar = new ProgressBar();
    private final Paragraph progress = new Paragraph();
    private final Paragraph message = new Paragraph();
    private final Paragraph device = new Paragraph();
    private final Button cancel;
    private final Button resume;
    private final Anchor checkpoint = new Anchor("", "Open the checkpoint");
    private final Anchor another;

    RunHeader(TrainingRun run, String subtitle, Runnable onCancel, Runnable onResume) {
        cancel = new Button("Cancel", _ -> onCancel.run());
        resume = new Button("Resume", _ -> onResume.run());
        resume.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        checkpoint.addClassName("tb-action");
        another = new Anchor("training/new/" + run.datasetVersion().value(), "Another run on this dataset version");
        Div title = new Div(new H2(run.name()), state);
        title.addClassName("tb-run-header");
        Div actions = new Div(cancel, resume, checkpoint, another);
        actions.addClassName("tb-run-actions");
        Paragraph below = new Paragraph(subtitle);
        below.addClassName("tb-soft");
        device.addClassName("tb-soft");
        message.addClassName("tb-run-message");
        message.getElement().setAttribute("role", "status");
        addClassName("tb-run");
        add(title, below, bar, progress, message, device, actions);
    }

    void show(News news) {
        TrainingRun run = news.run();
        state.show(run.state());
        bar.setVisible(!run.state().isOver() && run.state() != TrainingState.QUEUED);
        bar.setIndeterminate(run.totalSteps() == 0);
        bar.setValue(run.totalSteps() == 0 ? 0 : (double) run.step() / run.totalSteps());
        say(progress, progress(run));
        say(message, message(news));
        say(
                device,
                run.device()
                        .map(on -> "Computed on " + on.name() + ": " + on.reason())
                        .orElse(""));
        cancel.setVisible(run.state().mayCancel());
        resume.setVisible(run.state().mayResume());
        another.setVisible(run.state().isOver());
        checkpoint.setVisible(run.checkpoint().isPresent());
        run.checkpoint().ifPresent(id -> checkpoint.setHref("checkpoints/" + id.value()));
    }

    private static String progress(TrainingRun run) {
        if (run.state() == TrainingState.RUNNING && run.totalSteps() == 0) {
            return "Preparing: loading the model and reading the rows";
        }
        return RunText.progress(run);
    }

    private static String message(News news) {
        return switch (news.run().state()) {
            case QUEUED -> news.run().message().map(message -> message + " ").orElse("") + waiting(news.before());
            case CANCELLING -> "The step under way ends, then a checkpoint is written.";
            case CANCELLED -> news.run().message().orElse("Cancelled; Resume goes on from its newest checkpoint.");
            case INTERRUPTED -> news.run().message().orElse("") + " Resume goes on from its newest checkpoint.";
            case RUNNING, FINISHED, FAILED -> news.run().message().orElse("");
        };
    }

    private static String waiting(int before) {
        return switch (before) {
            case 0 -> "It starts in a moment.";
            case 1 -> "One run comes first.";
            default -> before + " runs come first.";
        };
    }

    private static void say(Paragraph paragraph, String text) {
        paragraph.setText(text);
        paragraph.setVisible(!text.isEmpty());
    }
}
