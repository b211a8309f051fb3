package dev.tiebreak.studio.training.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.preference.DatasetVersion;
import dev.tiebreak.studio.preference.PreferenceService;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointService;
import dev.tiebreak.studio.training.AnnotatorShare;
import dev.tiebreak.studio.training.LiveRuns;
import dev.tiebreak.studio.training.LiveRuns.News;
import dev.tiebreak.studio.training.MethodText;
import dev.tiebreak.studio.training.TrainingRun;
import dev.tiebreak.studio.training.TrainingRunId;
import dev.tiebreak.studio.training.TrainingService;
import dev.tiebreak.studio.training.TrainingState;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// One run: how it stands, its curves as they grow, its settings and its log.
@Route("training/:runId")
@StyleSheet("context://studio/training.css")
@RolesAllowed({Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class TrainingRunView extends VerticalLayout implements BeforeEnterObserver, HasDynamicTitle {
    private static final int LOG_LINES = 60;

    private final TrainingService training;
    private final PreferenceService preferences;
    private final CheckpointService checkpoints;
    private final LiveRuns live;
    private final Pre log = new Pre();
    private final Details logDetails = new Details("Log", log);
    private Optional<TrainingRun> run = Optional.empty();
    private Optional<RunHeader> header = Optional.empty();
    private final Div curves = new Div();
    private List<PlotCard> plots = List.of();
    private boolean measured;
    private Optional<LiveRuns.Handle> followed = Optional.empty();

    TrainingRunView(
            TrainingService training, PreferenceService preferences, CheckpointService checkpoints, LiveRuns live) {
        this.training = training;
        this.preferences = preferences;
        this.checkpoints = checkpoints;
        this.live = live;
        curves.addClassName("tb-plots");
        log.addClassName("tb-log");
        logDetails.addOpenedChangeListener(_ -> readLog());
        addClassName("tb-training");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        run = event.getRouteParameters()
                .get("runId")
                .flatMap(TrainingRunId::parse)
                .flatMap(training::find);
        run.ifPresentOrElse(this::build, () -> event.rerouteToError(NotFoundException.class));
    }

    @Override
    public String getPageTitle() {
        return run.map(TrainingRun::name).orElse("Training");
    }

    private void build(TrainingRun shown) {
        removeAll();
        Optional<DatasetVersion> dataset = preferences.find(shown.datasetVersion());
        Optional<Checkpoint> base = checkpoints.find(shown.base());
        OptionalDouble annotators = dataset.filter(version -> version.counts().testPairs() > 0)
                .map(version -> AnnotatorShare.of(version.test()))
                .orElse(OptionalDouble.empty());
        RunHeader top = new RunHeader(
                shown,
                "%s on %s, from %s; queued by %s, %s"
                        .formatted(
                                MethodText.of(shown.settings().method()).withArticle(),
                                dataset.map(preferences::title).orElse("a dataset version"),
                                base.map(Checkpoint::name).orElse("a checkpoint"),
                                shown.createdBy(),
                                RunText.minute(shown.createdAt())),
                () -> training.cancel(shown.id()),
                () -> training.resume(shown.id()));
        header = Optional.of(top);
        plots = Plot.of(shown.settings()).stream()
                .map(plot -> new PlotCard(plot, annotators))
                .toList();
        curves.removeAll();
        plots.forEach(curves::add);
        curves.add(smoothing());
        add(top, curves, logDetails, new Details("Settings", settings(shown)));
    }

    private static Paragraph smoothing() {
        Paragraph smoothing = new Paragraph("Smoothed curves are means of the last ten logged steps.");
        smoothing.addClassName("tb-soft");
        return smoothing;
    }

    private static DescriptionList settings(TrainingRun run) {
        DescriptionList list = new DescriptionList();
        list.addClassName("tb-settings");
        row(list, "dataset sha256", run.datasetSha256());
        row(list, "code version", run.codeVersion());
        run.settings().json().asMap().forEach((name, value) -> row(list, name, RunText.setting(value.getAsString())));
        return list;
    }

    private static void row(DescriptionList list, String name, String value) {
        list.add(new DescriptionList.Term(name), new DescriptionList.Description(value));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        followed = run.map(shown -> live.follow(shown.id(), Pushed.to(event.getUI(), this::show)));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        followed.ifPresent(LiveRuns.Handle::close);
    }

    private void show(News news) {
        TrainingState before = run.map(TrainingRun::state).orElse(TrainingState.QUEUED);
        run = Optional.of(news.run());
        header.ifPresent(each -> each.show(news));
        plots.forEach(plot -> plot.show(news));
        measured = !news.rows().isEmpty() || measured && !news.fromStart();
        curves.setVisible(measured || !news.run().state().isOver());
        if (news.fromStart() || before != news.run().state()) {
            showLog(news.run().state());
        }
    }

    private void showLog(TrainingState state) {
        if (state == TrainingState.FAILED || state == TrainingState.INTERRUPTED) {
            logDetails.setOpened(true);
        }
        readLog();
    }

    private void readLog() {
        if (logDetails.isOpened()) {
            run.ifPresent(shown -> log.setText(String.join("\n", training.lastLogLines(shown.id(), LOG_LINES))));
        }
    }
}
