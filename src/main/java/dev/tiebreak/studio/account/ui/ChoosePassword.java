package dev.tiebreak.studio.account.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import dev.tiebreak.studio.account.InvalidAccountException;
import java.util.function.Consumer;

/// A page with a password asked for twice; what is wrong is said at the field.
class ChoosePassword extends Div {
    private final PasswordField password = new PasswordField("Password");
    private final PasswordField again = new PasswordField("Password, once more");
    private final Div fields = new Div();

    ChoosePassword(String title, String explanation, Consumer<String> chosen) {
        addClassName("tb-login");
        fields.addClassName("tb-fields");
        password.setHelperText("10 characters or more");
        password.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.NEW_PASSWORD);
        again.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.NEW_PASSWORD);
        Button save = new Button("Save", _ -> save(chosen));
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        save.addClickShortcut(com.vaadin.flow.component.Key.ENTER);
        add(new H1(title), new Paragraph(explanation), fields);
        fields.add(password, again, save);
    }

    /// Puts further fields above the passwords.
    void addFirst(Component... components) {
        for (int i = 0; i < components.length; i++) {
            fields.addComponentAtIndex(i, components[i]);
        }
    }

    private void save(Consumer<String> chosen) {
        again.setInvalid(false);
        password.setInvalid(false);
        if (!password.getValue().equals(again.getValue())) {
            again.setErrorMessage("The two differ.");
            again.setInvalid(true);
            return;
        }
        try {
            chosen.accept(password.getValue());
        } catch (InvalidAccountException e) {
            password.setErrorMessage(e.getMessage());
            password.setInvalid(true);
        }
    }
}
