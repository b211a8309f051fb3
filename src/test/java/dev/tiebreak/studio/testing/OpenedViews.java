package dev.tiebreak.studio.testing;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterListener;
import com.vaadin.flow.router.ListenerPriority;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.TestComponent;

/// Which views Flow's router was about to open once roles had been checked.
@TestComponent
public class OpenedViews implements VaadinServiceInitListener {
    private final List<Class<?>> views = new CopyOnWriteArrayList<>();

    /// The views that are opened while something is done, error pages included.
    public List<Class<?>> during(Runnable deed) {
        views.clear();
        deed.run();
        return List.copyOf(views);
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addUIInitListener(created -> created.getUI().addBeforeEnterListener(new AfterTheCheck()));
    }

    @ListenerPriority(Integer.MIN_VALUE)
    private final class AfterTheCheck implements BeforeEnterListener {
        private static final long serialVersionUID = 1L;

        @Override
        public void beforeEnter(BeforeEnterEvent event) {
            views.add(event.getNavigationTarget());
        }
    }
}
