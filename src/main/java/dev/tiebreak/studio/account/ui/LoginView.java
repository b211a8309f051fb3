package dev.tiebreak.studio.account.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.tiebreak.studio.account.DemoAccounts;

@Route(value = "login", autoLayout = false)
@PageTitle("Sign in – Tiebreak")
@AnonymousAllowed
class LoginView extends Div implements BeforeEnterObserver {
    private final LoginForm form =
            new LoginForm(texts("Check the user name and the password, and that the account is enabled."));

    LoginView(DemoAccounts demo) {
        addClassName("tb-login");
        form.setAction("login");
        form.setForgotPasswordButtonVisible(false);
        add(new H1("Tiebreak"), new Paragraph("Human preferences, from the key press to the improved model."), form);
        if (!demo.signIns().isEmpty()) {
            add(demoSignIns(demo));
        }
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        parameters
                .getSingleParameter("wait")
                .filter(seconds -> seconds.matches("\\d{1,3}"))
                .ifPresent(seconds -> form.setI18n(texts("Too many attempts. Wait " + seconds + " seconds.")));
        form.setError(parameters.getSingleParameter("error").isPresent()
                || parameters.getSingleParameter("wait").isPresent());
    }

    private static Div demoSignIns(DemoAccounts demo) {
        Div box = new Div(new Paragraph("Demo sign-ins (this computer only)"));
        box.addClassName("tb-demo");
        demo.signIns().forEach(signIn -> {
            Span row = new Span(signIn.username() + " / " + signIn.password());
            box.add(new Div(row));
        });
        return box;
    }

    private static LoginI18n texts(String problem) {
        LoginI18n texts = LoginI18n.createDefault();
        texts.getForm().setTitle("Sign in");
        texts.getForm().setUsername("User name");
        texts.getErrorMessage().setTitle("That did not work");
        texts.getErrorMessage().setMessage(problem);
        return texts;
    }
}
