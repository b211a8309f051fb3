package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import dev.tiebreak.studio.registry.SamplingChoice;
import java.util.Optional;

/// How completions are drawn, behind a summary; the defaults suit most.
class SamplingPanel extends Details {
    private final NumberField temperature = new NumberField("Temperature");
    private final NumberField topP = new NumberField("Top-p");
    private final IntegerField topK = new IntegerField("Top-k");
    private final IntegerField maxNewTokens = new IntegerField("Most tokens");
    private final IntegerField seed = new IntegerField("Seed");

    SamplingPanel() {
        SamplingChoice defaults = SamplingChoice.defaults();
        range(temperature, 0, 2, 0.1, defaults.temperature());
        range(topP, 0.01, 1, 0.01, defaults.topP());
        range(topK, 0, 100_000, defaults.topK());
        range(maxNewTokens, 1, 4096, defaults.maxNewTokens());
        range(seed, 0, Integer.MAX_VALUE, (int) defaults.seed());
        temperature.setHelperText("0: the likeliest token each time");
        topK.setHelperText("0: all tokens");
        seed.setHelperText("Both models draw with it");
        FormLayout form = new FormLayout(temperature, topP, topK, maxNewTokens, seed);
        form.setResponsiveSteps(
                new FormLayout.ResponsiveStep("0", 1),
                new FormLayout.ResponsiveStep("24rem", 2),
                new FormLayout.ResponsiveStep("48rem", 5));
        setSummaryText("Settings");
        add(form);
        setWidthFull();
    }

    /// Empty while a field is empty or out of range; the field says so itself.
    Optional<SamplingChoice> choice() {
        if (temperature.isEmpty() || topP.isEmpty() || topK.isEmpty() || maxNewTokens.isEmpty() || seed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SamplingChoice(
                    temperature.getValue(),
                    topP.getValue(),
                    topK.getValue(),
                    maxNewTokens.getValue(),
                    seed.getValue()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void range(NumberField field, double least, double most, double step, double value) {
        field.setMin(least);
        field.setMax(most);
        field.setStep(step);
        field.setStepButtonsVisible(true);
        field.setValue(value);
    }

    private static void range(IntegerField field, int least, int most, int value) {
        field.setMin(least);
        field.setMax(most);
        field.setStepButtonsVisible(true);
        field.setValue(value);
    }
}
