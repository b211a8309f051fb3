package dev.tiebreak.studio.account.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.tiebreak.studio.account.DemoAccounts;
import dev.tiebreak.studio.shell.ui.LanguageChoice;

@Route(value = "login", autoLayout = false)
@AnonymousAllowed
class LoginView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private final LoginForm form = new LoginForm(texts(getTranslation("login.check")));

    LoginView(DemoAccounts demo) {
        addClassName("tb-login");
        form.setAction("login");
        form.setForgotPasswordButtonVisible(false);
        add(new H1("Tiebreak"), new Paragraph(getTranslation("login.claim")), form);
        if (!demo.signIns().isEmpty()) {
            add(demoSignIns(demo));
        }
        add(new LanguageChoice());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("login.page");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        parameters
                .getSingleParameter("wait")
                .filter(seconds -> seconds.matches("\\d{1,3}"))
                .ifPresent(seconds -> form.setI18n(texts(getTranslation("login.wait", Integer.valueOf(seconds)))));
        form.setError(parameters.getSingleParameter("error").isPresent()
                || parameters.getSingleParameter("wait").isPresent());
    }

    private Div demoSignIns(DemoAccounts demo) {
        Div box = new Div(new Paragraph(getTranslation("login.demo")));
        box.addClassName("tb-demo");
        demo.signIns().forEach(signIn -> {
            Span row = new Span(signIn.username() + " / " + signIn.password());
            box.add(new Div(row));
        });
        return box;
    }

    private LoginI18n texts(String problem) {
        LoginI18n texts = LoginI18n.createDefault();
        texts.getForm().setTitle(getTranslation("login.title"));
        texts.getForm().setUsername(getTranslation("login.user"));
        texts.getForm().setPassword(getTranslation("login.password"));
        texts.getForm().setSubmit(getTranslation("login.title"));
        texts.getErrorMessage().setTitle(getTranslation("login.failed"));
        texts.getErrorMessage().setMessage(problem);
        texts.getErrorMessage().setUsername(getTranslation("login.user-missing"));
        texts.getErrorMessage().setPassword(getTranslation("login.password-missing"));
        return texts;
    }
}
