package dev.tiebreak.studio.shell.ui;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import org.springframework.stereotype.Component;

/// Puts the light-or-dark script into the head of every Flow page, so that none flashes in the wrong colours.
@Component
class ThemeBeforePaint implements VaadinServiceInitListener {

    @Override
    public void serviceInit(ServiceInitEvent event) {
        // after <base>, or a page deeper than the root would look for the script beside itself
        event.addIndexHtmlRequestListener(page -> page.getDocument()
                .head()
                .getElementsByTag("base")
                .after("<script src=\"./tiebreak/theme.js\"></script>"));
    }
}
