package dev.tiebreak.studio.shell.ui;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import org.springframework.stereotype.Component;

/// Puts the light-or-dark script into the head of every Flow page, so that none flashes in the wrong colours.
@Component
class ThemeBeforePaint implements VaadinServiceInitListener {

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.addIndexHtmlRequestListener(
                page -> page.getDocument().head().prependElement("script").attr("src", "./tiebreak/theme.js"));
    }
}
