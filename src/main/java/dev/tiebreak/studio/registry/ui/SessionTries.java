package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.server.VaadinSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What a person tried since they signed in; the session holds it, and nothing else does.
final class SessionTries {
    private static final int MOST = 30;

    private final Deque<Tried> newestFirst = new ArrayDeque<>();

    private SessionTries() {}

    static void add(Tried tried) {
        Deque<Tried> tries = ofSession().newestFirst;
        tries.addFirst(tried);
        if (tries.size() > MOST) {
            tries.removeLast();
        }
    }

    static List<Tried> newestFirst() {
        return List.copyOf(ofSession().newestFirst);
    }

    private static SessionTries ofSession() {
        VaadinSession session = VaadinSession.getCurrent();
        SessionTries tries = session.getAttribute(SessionTries.class);
        if (tries == null) {
            tries = new SessionTries();
            session.setAttribute(SessionTries.class, tries);
        }
        return tries;
    }
}
