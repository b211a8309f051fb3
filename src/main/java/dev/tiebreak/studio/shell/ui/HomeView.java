package dev.tiebreak.studio.shell.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import jakarta.annotation.security.PermitAll;

/// The bare address leads to the first view that this person may open.
@Route("")
@PageTitle("Tiebreak")
@PermitAll
class HomeView extends Div implements BeforeEnterObserver {

    HomeView() {
        add(new Paragraph("Your account has no view yet: ask an administrator for a role."));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        MenuConfiguration.getMenuEntries().stream()
                .findFirst()
                .map(MenuEntry::path)
                .ifPresent(path -> event.forwardTo(path.replaceFirst("^/", "")));
    }
}
