package dev.tiebreak.studio.training.ui;

import com.google.gson.JsonObject;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A setting to be changed, under TRL's name; the engine itself says what it may be.
///
/// @param methods that it matters for
record SettingField(String name, Set<TrainingMethod> methods, Component component, HasValue<?, String> value) {
    private static final Map<String, String> YES_AND_NO = Map.of("true", "yes", "false", "no");

    /// Makes settings of adapters right in themselves, and changes no other.
    private static final Map<String, String> WITH_ADAPTER = Map.of("use_peft", "true");

    static SettingField text(String name, String label, Set<TrainingMethod> methods) {
        TextField field = new TextField(label);
        field.setHelperText(name);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        return new SettingField(name, methods, field, field);
    }

    static SettingField choice(String name, String label, Set<TrainingMethod> methods, String... options) {
        Select<String> field = new Select<>();
        field.setLabel(label);
        field.setHelperText(name);
        field.setItems(options);
        field.setItemLabelGenerator(option -> YES_AND_NO.getOrDefault(option, option));
        return new SettingField(name, methods, field, field);
    }

    void fill(TrainingSettings settings) {
        boolean matters = methods.contains(settings.method());
        component.setVisible(matters);
        if (matters) {
            JsonObject chosen = settings.json();
            JsonObject all = chosen.has(name)
                    ? chosen
                    : TrainingSettings.of(settings.method(), WITH_ADAPTER).json();
            value.setValue(RunText.setting(all.get(name).getAsString()));
        }
    }

    boolean mattersFor(TrainingMethod method) {
        return methods.contains(method);
    }

    /// Shows what is wrong with the value beside it. A choice cannot be wrong for itself; what does not go together is
    /// said by the form.
    ///
    /// @return whether nothing is
    boolean check(TrainingMethod method) {
        if (component instanceof Select<?>) {
            return true;
        }
        HasValidation field = (HasValidation) component;
        try {
            Map<String, String> values = new HashMap<>(WITH_ADAPTER);
            values.put(name, value.getValue());
            TrainingSettings.of(method, values);
            field.setInvalid(false);
            return true;
        } catch (WrongInputException e) {
            field.setErrorMessage(e.getMessage());
            field.setInvalid(true);
            return false;
        }
    }
}
