package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.server.streams.UploadEvent;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ImportService;
import dev.tiebreak.studio.dataset.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.security.access.AccessDeniedException;

/// Streams an upload to the server's disk; who may do so is asked anew at every file.
final class UploadReceiver implements UploadHandler {
    private static final long serialVersionUID = 1L;
    private static final Set<Role> MAY_IMPORT = Set.of(Role.DATA_LEAD, Role.ML_ENGINEER, Role.ADMINISTRATOR);
    private static final long ROOM_LEFT = 512L * 1024 * 1024; // the database grows by about as much as it imports

    private final transient ImportService imports;
    private final transient Uploads uploads;
    private final transient CurrentAccount current;
    private final transient StagedFiles staged;
    private final transient Runnable started;
    private final transient Consumer<UploadedFile> received;
    private final transient Runnable ended;

    /// @param started  hears on the page's own thread that a file begins to arrive
    /// @param received hears there of each file that has arrived whole
    /// @param ended    hears there that a file is no longer on its way, whole or not
    UploadReceiver(
            ImportService imports,
            Uploads uploads,
            CurrentAccount current,
            StagedFiles staged,
            Runnable started,
            Consumer<UploadedFile> received,
            Runnable ended) {
        this.imports = imports;
        this.uploads = uploads;
        this.current = current;
        this.staged = staged;
        this.started = started;
        this.received = received;
        this.ended = ended;
    }

    @Override
    public void handleUploadRequest(UploadEvent event) throws IOException {
        if (current.require().roles().stream().noneMatch(MAY_IMPORT::contains)) {
            throw new AccessDeniedException("Imports are for data leads and ML engineers.");
        }
        if (uploads.room() < 2 * event.getFileSize() + ROOM_LEFT) {
            event.reject("The server's disk has no room for it.");
            return;
        }
        event.getUI().access(started::run);
        try {
            UploadedFile file = receive(event);
            event.getUI().access(() -> received.accept(file));
        } finally {
            event.getUI().access(ended::run);
        }
    }

    private UploadedFile receive(UploadEvent event) throws IOException {
        Path path = uploads.place("upload", "");
        staged.add(path);
        try (InputStream in = event.getInputStream()) {
            long bytes = Files.copy(in, path);
            return UploadedFile.inspect(imports, path, event.getFileName(), bytes);
        } catch (IOException e) {
            staged.delete(path);
            throw e;
        }
    }
}
