package dev.tiebreak.studio.shell.ui;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import jakarta.servlet.http.HttpServletResponse;

/// What an address shows that leads nowhere, or to something that is gone. It repeats nothing of the address.
@Tag("div")
@ParentLayout(MainLayout.class)
@AnonymousAllowed
class MissingPage extends Div implements HasErrorParameter<NotFoundException> {

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> problem) {
        removeAll();
        addClassName("tb-missing");
        String reason = problem.getCustomMessage();
        add(
                new H2("There is nothing here"),
                new Paragraph(
                        reason == null || reason.isBlank()
                                ? "The address is wrong, or what was here is gone, or your role does not reach it."
                                : reason),
                new Anchor("", "Back to the studio"));
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
