package dev.tiebreak.studio.quality.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import dev.tiebreak.studio.assignment.CheckSettings;
import dev.tiebreak.studio.assignment.InvalidCheckException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// How many checks there are.
class CheckSettingsForm extends Div {

    /// @param save is given what the fields say, which may be refused when it is asked for
    CheckSettingsForm(CheckSettings now, Consumer<Supplier<CheckSettings>> save) {
        NumberField repeats = percent("Hidden repeats", now.repeatShare(), "The same pair again, sides swapped");
        IntegerField distance = new IntegerField("Judgments in between");
        distance.setMin(1);
        distance.setMax(CheckSettings.LONGEST_DISTANCE);
        distance.setValue(now.repeatDistance());
        distance.setHelperText("At least, before a repeat");
        NumberField gold = percent("Gold items", now.goldShare(), "Attention checks included");
        Button set = new Button(
                "Set",
                _ -> save.accept(() -> new CheckSettings(
                        share(repeats),
                        Optional.ofNullable(distance.getValue())
                                .orElseThrow(() ->
                                        new InvalidCheckException("How many judgments lie in between is missing.")),
                        share(gold))));
        add(repeats, distance, gold, set);
        addClassName("tb-check-form");
    }

    private static NumberField percent(String label, double share, String helper) {
        NumberField field = new NumberField(label);
        field.setMin(0);
        field.setMax(100 * CheckSettings.LARGEST_SHARE);
        field.setStep(0.5);
        field.setValue(Math.round(1000 * share) / 10.0);
        field.setSuffixComponent(new Div("%"));
        field.setHelperText(helper);
        return field;
    }

    private static double share(NumberField percent) {
        return percent.isEmpty() ? 0 : percent.getValue() / 100;
    }
}
