package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.Command;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.registry.CheckpointId;
import dev.tiebreak.studio.registry.CheckpointService;
import dev.tiebreak.studio.registry.EngineDevice;
import dev.tiebreak.studio.registry.SamplingChoice;
import dev.tiebreak.studio.registry.Trial;
import dev.tiebreak.studio.registry.TrialRequest;
import dev.tiebreak.studio.registry.TrialService;
import jakarta.annotation.security.RolesAllowed;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A prompt for the base model and the trained policy side by side, with the reward model's score under each.
@Route("try")
@PageTitle("Try it")
@Menu(title = "Try it", order = 80, icon = "vaadin:chat")
@StyleSheet("context://studio/registry.css")
@RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class TryView extends VerticalLayout implements BeforeEnterObserver {
    private static final int SHORT_PROMPT = 100;

    private final TrialService trials;
    private final ModelChoice models;
    private final SamplingPanel sampling = new SamplingPanel();
    private final TextArea prompt = new TextArea("Prompt");
    private final Button send = new Button("Write", _ -> send());
    private final Button stop = new Button("Stop", _ -> stop());
    private final Span device = new Span("Starting the engine …");
    private final Div problem = new Div();
    private final Div now = new Div();
    private final Div earlier = new Div();
    private @Nullable Trial running;

    TryView(TrialService trials, CheckpointService checkpoints) {
        this.trials = trials;
        this.models = new ModelChoice(checkpoints);
        addClassNames("tb-registry", "tb-try");
        device.addClassName("tb-soft");
        problem.addClassName("tb-problem");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        add(new Div(new H2("Try it"), device));
        if (models.hasWriter()) {
            add(askForPolicy(), promptBox(), problem, now, earlier);
        } else {
            add(askForModel());
        }
    }

    private static Component askForModel() {
        Div ask = new Div(
                new Paragraph(
                        "There is no model to try yet. An ML engineer adds a base model on the page of checkpoints,"
                                + " and trains a policy from it."),
                new Anchor("checkpoints", "Checkpoints"));
        ask.addClassName("tb-hint");
        return ask;
    }

    private Component askForPolicy() {
        Div ask = new Div(
                new Paragraph(
                        "There is no trained policy yet, so a base model writes alone. To get one: open a project,"
                                + " freeze its judgments into a dataset version, and train DPO on that version; a reward model"
                                + " comes the same way."),
                new Anchor("projects", "Projects"));
        ask.addClassName("tb-hint");
        ask.setVisible(!models.hasPolicy());
        return ask;
    }

    private Component promptBox() {
        prompt.setWidthFull();
        prompt.setMinRows(2);
        prompt.setMaxRows(12);
        prompt.setMaxLength(TrialRequest.LONGEST_PROMPT);
        prompt.setPlaceholder("What would you like to ask?");
        for (KeyModifier modifier : List.of(KeyModifier.CONTROL, KeyModifier.META)) {
            Shortcuts.addShortcutListener(prompt, this::send, Key.ENTER, modifier)
                    .listenOn(prompt)
                    .resetFocusOnActiveElement(); // so that what was typed last is sent too
        }
        send.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        stop.setVisible(false);
        Div buttons = new Div(send, stop, new Span("Ctrl+Enter"));
        buttons.addClassName("tb-send");
        Section box = new Section(models, prompt, examples(), sampling, buttons);
        box.addClassName("tb-panel");
        return box;
    }

    private Component examples() {
        Div examples = new Div();
        examples.addClassName("tb-examples");
        trials.examples().forEach(example -> {
            Button button = new Button(example, _ -> {
                prompt.setValue(example);
                prompt.focus();
            });
            button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
            examples.add(button);
        });
        examples.setVisible(examples.getComponentCount() > 0);
        return examples;
    }

    /// `?model=<id>&reward=<id>` choose what is tried.
    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        models.choose(
                parameters.getSingleParameter("model").flatMap(CheckpointId::parse),
                parameters.getSingleParameter("reward").flatMap(CheckpointId::parse));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        showEarlier();
        if (!models.hasWriter()) {
            device.setText("");
            return;
        }
        UI ui = event.getUI();
        try {
            trials.device().whenComplete((found, failure) -> show(ui, () -> showDevice(found, failure)));
        } catch (UncheckedIOException e) {
            device.setText(e.getMessage());
        }
    }

    private void showDevice(@Nullable EngineDevice found, @Nullable Throwable failure) {
        device.setText(
                found != null
                        ? "Computing on " + found.name() + ": " + found.reason()
                        : failure == null ? "" : String.valueOf(failure.getMessage()));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        stop();
    }

    private void send() {
        Optional<SamplingChoice> choice = sampling.choice();
        if (running != null) {
            return;
        }
        if (prompt.getValue().isBlank()) {
            Notification.show("Write a prompt first.", 3000, Notification.Position.BOTTOM_START);
            prompt.focus();
            return;
        }
        if (choice.isEmpty()) {
            Notification.show(
                    "One of the settings is empty or out of range.", 3000, Notification.Position.BOTTOM_START);
            sampling.setOpened(true);
            return;
        }
        start(new TrialRequest(prompt.getValue().strip(), models.models(), models.rewardModel(), choice.get()));
    }

    private void start(TrialRequest request) {
        UI ui = UI.getCurrent();
        Tried tried = new Tried(request.prompt(), request.models(), request.rewardModel());
        TriedPanel panel = new TriedPanel(tried);
        problem.setVisible(false);
        now.removeAll();
        now.add(panel);
        now.getElement().executeJs("this.scrollIntoView({block: 'nearest', behavior: 'smooth'})"); // on a phone
        setRunning(true);
        LiveTrial live = new LiveTrial(tried, panel, command -> show(ui, command), this::failed, () -> ended(tried));
        running = trials.start(request, live);
    }

    private void failed(String reason) {
        problem.setText(reason);
        problem.setVisible(true);
    }

    private void ended(Tried tried) {
        running = null;
        setRunning(false);
        SessionTries.add(tried);
        showEarlier();
    }

    private void setRunning(boolean is) {
        send.setEnabled(!is);
        stop.setVisible(is);
    }

    private void stop() {
        if (running != null) {
            running.stop();
        }
    }

    /// All but the one that is shown above.
    private void showEarlier() {
        earlier.removeAll();
        List<Tried> all = SessionTries.newestFirst();
        List<Tried> others = now.getComponentCount() > 0 ? all.stream().skip(1).toList() : all;
        if (!others.isEmpty()) {
            earlier.add(new H3("Earlier in this session"));
        }
        others.forEach(tried -> earlier.add(earlier(tried)));
    }

    private static Details earlier(Tried tried) {
        WrittenText whole = new WrittenText();
        whole.show(tried.prompt());
        TriedPanel panel = new TriedPanel(tried);
        panel.sayWhatIsUnfinished();
        String prompt = tried.prompt();
        Details details = new Details(
                prompt.length() <= SHORT_PROMPT ? prompt : prompt.substring(0, SHORT_PROMPT) + " …", whole, panel);
        details.setWidthFull();
        return details;
    }

    private void show(UI ui, Command command) {
        try {
            ui.access(command);
        } catch (UIDetachedException _) {
            stop(); // the page is gone
        }
    }
}
