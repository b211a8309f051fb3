package dev.tiebreak.studio.training.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.model.ModelSize;
import dev.tiebreak.rlhf.trainer.MemoryForecast;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.studio.preference.DatasetVersion;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.training.FreeMemory;
import dev.tiebreak.studio.training.MemoryNeed;
import dev.tiebreak.studio.training.MethodText;
import dev.tiebreak.studio.training.NewTrainingRun;
import dev.tiebreak.studio.training.PairLength;
import dev.tiebreak.studio.training.Preset;
import dev.tiebreak.studio.training.TrainingRun;
import dev.tiebreak.studio.training.TrainingService;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Method, base model and preset, the memory they will need, and the one button. Choosing one fills in what follows
/// from it; a name that a person has written stays.
class TrainingForm extends Section {
    private final DatasetVersion version;
    private final TrainingService training;
    private final FreeMemory freeMemory;
    private final PairLength pairLength;

    private final RadioButtonGroup<TrainingMethod> method = new RadioButtonGroup<>("Method");
    private final Select<Checkpoint> base = new Select<>();
    private final Select<Preset> preset = new Select<>();
    private final TextField name = new TextField("Name");
    private final SettingsForm settings = new SettingsForm(this::refresh);
    private final Paragraph memory = new Paragraph();
    private final Paragraph problem = new Paragraph();
    private final Button start = new Button("Start training");
    private String suggestedName = "";
    private Optional<ModelSize> size = Optional.empty();

    TrainingForm(DatasetVersion version, TrainingService training, FreeMemory freeMemory) {
        this.version = version;
        this.training = training;
        this.freeMemory = freeMemory;
        this.pairLength = PairLength.of(version.train());
        method.setItems(SettingsForm.METHODS);
        method.setItemLabelGenerator(each -> capitalised(MethodText.of(each).name()));
        base.setLabel("Base model");
        base.setItemLabelGenerator(Checkpoint::name);
        preset.setLabel("Preset");
        preset.setItemLabelGenerator(Preset::name);
        name.setValueChangeMode(ValueChangeMode.LAZY);
        start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        start.addClickListener(_ -> start());
        memory.getElement().setAttribute("aria-live", "polite");
        problem.addClassName("tb-run-message");
        problem.getElement().setAttribute("role", "alert");
        FormLayout choices = new FormLayout(base, preset, name);
        choices.setResponsiveSteps(
                new FormLayout.ResponsiveStep("0", 1),
                new FormLayout.ResponsiveStep("28rem", 2),
                new FormLayout.ResponsiveStep("48rem", 3));
        addClassName("tb-run");
        add(method, choices, new Details("More settings", settings), memory, problem, start);
        method.addValueChangeListener(_ -> methodChosen());
        base.addValueChangeListener(_ -> baseChosen());
        preset.addValueChangeListener(_ -> presetChosen());
        name.addValueChangeListener(_ -> refresh());
        method.setValue(TrainingMethod.REWARD_MODEL);
    }

    private void methodChosen() {
        method.setHelperText(MethodText.of(method.getValue()).purpose());
        String suggestion = training.suggestedName(version, method.getValue());
        if (name.getValue().equals(suggestedName)) {
            name.setValue(suggestion);
        }
        suggestedName = suggestion;
        Checkpoint chosen = base.getValue();
        List<Checkpoint> bases = training.basesFor(method.getValue());
        base.setItems(bases);
        base.setValue(bases.contains(chosen) ? chosen : bases.getFirst());
    }

    private void baseChosen() {
        if (base.getValue() == null) {
            return; // its items are being replaced
        }
        try {
            ModelSize found = ModelSize.of(base.getValue().folder());
            size = Optional.of(found);
            base.setHelperText(found.text() + " weights");
            List<Preset> presets = Preset.forModel(found, method.getValue());
            preset.setItems(presets);
            preset.setValue(presets.getFirst());
        } catch (WrongInputException e) {
            size = Optional.empty();
            base.setHelperText(e.getMessage());
            refresh();
        }
    }

    private void presetChosen() {
        if (preset.getValue() != null) {
            preset.setHelperText(preset.getValue().description());
            settings.fill(preset.getValue().settings(method.getValue()));
            refresh();
        }
    }

    private void refresh() {
        Optional<NewTrainingRun> wanted = wanted();
        start.setEnabled(wanted.isPresent());
        memory.setVisible(wanted.isPresent());
        wanted.ifPresent(run -> size.ifPresent(model ->
                showMemory(MemoryNeed.of(model, run.settings(), version.counts().trainPairs(), pairLength))));
    }

    private void showMemory(MemoryForecast forecast) {
        OptionalLong free = freeMemory.bytes();
        boolean fits = free.isEmpty() || forecast.total() < free.getAsLong();
        String needed = "about " + RunText.gigabytes(forecast.total());
        String found = free.isEmpty() ? "" : " " + RunText.gigabytes(free.getAsLong()) + " are free.";
        memory.setText(
                fits
                        ? "Needs " + needed + " of memory." + found
                        : "This will not fit: it needs " + needed + " of memory." + found
                                + " Run layers again, or choose fewer rows per backward pass or a smaller model.");
        memory.setClassName("tb-memory-short", !fits);
    }

    /// Empty while something is missing or wrong.
    private Optional<NewTrainingRun> wanted() {
        problem.setText("");
        try {
            return size.isEmpty() || base.getValue() == null
                    ? Optional.empty()
                    : settings.read(method.getValue())
                            .map(chosen -> new NewTrainingRun(
                                    name.getValue(),
                                    version.id(),
                                    base.getValue().id(),
                                    chosen));
        } catch (WrongInputException e) {
            problem.setText(e.getMessage());
            return Optional.empty();
        }
    }

    private void start() {
        wanted().ifPresent(run -> {
            try {
                TrainingRun queued = training.start(run);
                getUI().ifPresent(ui -> ui.navigate("training/" + queued.id().value()));
            } catch (WrongInputException e) {
                problem.setText(e.getMessage());
            }
        });
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
