package dev.tiebreak.studio.account.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.tiebreak.studio.account.NewAccount;
import dev.tiebreak.studio.account.OneTimeLinks;
import dev.tiebreak.studio.account.Role;
import java.util.EnumSet;

@Route(value = "setup", autoLayout = false)
@PageTitle("First administrator – Tiebreak")
@AnonymousAllowed // the token in the address is the right to be here
class SetupView extends Div implements HasUrlParameter<String> {
    private final OneTimeLinks links;

    SetupView(OneTimeLinks links) {
        this.links = links;
    }

    @Override
    public void setParameter(BeforeEvent event, String token) {
        removeAll();
        if (!links.isSetupToken(token)) {
            addClassName("tb-login");
            add(
                    new H1("This link is used up"),
                    new Paragraph("The server prints a new one at its next start while there is no administrator."));
            return;
        }
        TextField username = new TextField("User name");
        TextField name = new TextField("Your name");
        ChoosePassword form = new ChoosePassword(
                "First administrator", "This link works once. You can add other people afterwards.", password -> {
                    links.setUp(
                            token,
                            new NewAccount(username.getValue(), name.getValue(), EnumSet.allOf(Role.class)),
                            password);
                    getUI().ifPresent(ui -> ui.getPage().setLocation("login"));
                });
        form.addFirst(username, name);
        add(form);
    }
}
