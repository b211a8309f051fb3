package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.Command;
import dev.tiebreak.studio.dataset.ImportFailedException;
import dev.tiebreak.studio.dataset.ImportRequest;
import dev.tiebreak.studio.dataset.ImportResult;
import dev.tiebreak.studio.dataset.ImportService;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.security.core.context.SecurityContextHolder;

/// An import on a thread of its own, which acts as the person who asked for it. It goes on when the page is left.
final class BackgroundImport {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundImport.class);

    /// Hears on the page's own thread how it goes.
    interface Listener {
        /// @param share of all bytes that was read, 0 to 1; told once a percent
        void progressed(double share);

        void done(ImportResult result);

        /// @param reason a sentence without its full stop
        void failed(String reason);
    }

    private final ImportService imports;
    private final StagedFiles files;
    private final UI ui;
    private final Listener listener;
    private int percent = -1;
    private volatile boolean stopped;

    BackgroundImport(ImportService imports, StagedFiles files, UI ui, Listener listener) {
        this.imports = imports;
        this.files = files;
        this.ui = ui;
        this.listener = listener;
    }

    void start(ImportRequest request) {
        files.use();
        Thread.ofVirtual()
                .name("import")
                .start(new DelegatingSecurityContextRunnable(() -> run(request), SecurityContextHolder.getContext()));
    }

    /// Nothing is imported then.
    void stop() {
        stopped = true;
    }

    private void run(ImportRequest request) {
        try {
            ImportResult result = imports.importFiles(request, this::progress);
            result.rejectList().ifPresent(files::add);
            tell(() -> listener.done(result));
        } catch (CancellationException e) {
            tell(() -> listener.failed("Stopped"));
        } catch (ImportFailedException e) {
            tell(() -> listener.failed(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            String number = UUID.randomUUID().toString().substring(0, 8);
            LOG.error("Failure {} of an import", number, e);
            tell(() -> listener.failed(
                    "It is our fault, not the file's: the server's log tells more under the number " + number));
        } finally {
            files.release();
        }
    }

    private void progress(double share) {
        if (stopped) {
            throw new CancellationException();
        }
        int now = (int) (100 * share);
        if (now > percent) {
            percent = now;
            tell(() -> listener.progressed(share));
        }
    }

    private void tell(Command command) {
        try {
            ui.access(command);
        } catch (UIDetachedException e) {
            LOG.debug("the page of an import was left");
        }
    }
}
