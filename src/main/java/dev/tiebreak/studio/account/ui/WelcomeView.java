package dev.tiebreak.studio.account.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.tiebreak.studio.account.OneTimeLinks;

@Route(value = "welcome", autoLayout = false)
@PageTitle("Welcome – Tiebreak")
@AnonymousAllowed // the token in the address is the right to be here
class WelcomeView extends Div implements HasUrlParameter<String> {
    private final OneTimeLinks links;

    WelcomeView(OneTimeLinks links) {
        this.links = links;
    }

    @Override
    public void setParameter(BeforeEvent event, String token) {
        removeAll();
        links.welcomed(token)
                .ifPresentOrElse(
                        account -> add(new ChoosePassword(
                                "Welcome, " + account.displayName(),
                                "You sign in as '" + account.username() + "'. Choose a password.",
                                password -> {
                                    links.choosePassword(token, password);
                                    getUI().ifPresent(ui -> ui.getPage().setLocation("login"));
                                })),
                        () -> {
                            addClassName("tb-login");
                            add(new H1("This link is used up"), new Paragraph("Ask an administrator for a new one."));
                        });
    }
}
