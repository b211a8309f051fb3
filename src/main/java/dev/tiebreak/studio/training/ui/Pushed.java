package dev.tiebreak.studio.training.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import java.util.function.Consumer;

/// Lets news from another thread reach a page; those that come while the page is being built are shown at once.
final class Pushed {

    private Pushed() {}

    static <T> Consumer<T> to(UI ui, Consumer<T> page) {
        return news -> {
            if (ui.getSession() != null && ui.getSession().hasLock()) {
                page.accept(news);
            } else {
                push(ui, () -> page.accept(news));
            }
        };
    }

    private static void push(UI ui, Runnable news) {
        try {
            ui.access(news::run);
        } catch (UIDetachedException _) {
            // the page was left in this moment
        }
    }
}
