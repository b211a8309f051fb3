package dev.tiebreak.studio.shell.ui;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Our own fault: the page shows a number, the log has the rest under it.
@Tag("div")
@ParentLayout(MainLayout.class)
@AnonymousAllowed
class FailurePage extends Div implements HasErrorParameter<Exception> {
    private static final Logger LOG = LoggerFactory.getLogger(FailurePage.class);

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> problem) {
        removeAll();
        String number = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("Failure {} at {}", number, event.getLocation().getPath(), problem.getException());
        addClassName("tb-missing");
        add(
                new H2("That did not work"),
                new Paragraph(
                        "It is our fault, not yours. The server's log tells more under the number " + number + "."),
                new Anchor("", "Back to the studio"));
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
