package dev.tiebreak.studio.dataset.ui;

import dev.tiebreak.studio.dataset.Uploads;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// The files that one open page has put on the server's disk. They are deleted when the page is left, or when the
/// import that still reads them then is done.
final class StagedFiles {
    private final Uploads uploads;
    private final Set<Path> files = new HashSet<>();
    private boolean inUse;
    private boolean left;

    StagedFiles(Uploads uploads) {
        this.uploads = uploads;
    }

    synchronized void add(Path file) {
        files.add(file);
        deleteIfLeft();
    }

    synchronized void delete(Path file) {
        if (files.remove(file)) {
            uploads.delete(file);
        }
    }

    synchronized void deleteAll() {
        files.forEach(uploads::delete);
        files.clear();
    }

    /// An import begins to read them.
    synchronized void use() {
        inUse = true;
    }

    /// The import is done with them.
    synchronized void release() {
        inUse = false;
        deleteIfLeft();
    }

    /// Nobody looks at the page any more.
    synchronized void leave() {
        left = true;
        deleteIfLeft();
    }

    private void deleteIfLeft() {
        if (left && !inUse) {
            deleteAll();
        }
    }
}
