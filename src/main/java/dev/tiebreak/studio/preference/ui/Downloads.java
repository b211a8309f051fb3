package dev.tiebreak.studio.preference.ui;

import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.preference.DatasetFile;
import dev.tiebreak.studio.preference.DatasetVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/// Streams the files of a version; who may have them is asked anew at every download.
@Component
class Downloads {
    private static final Set<Role> MAY_DOWNLOAD = Set.of(Role.DATA_LEAD, Role.ML_ENGINEER, Role.ADMINISTRATOR);
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0); // the same bytes every time

    private final CurrentAccount current;

    Downloads(CurrentAccount current) {
        this.current = current;
    }

    DownloadHandler file(DatasetVersion version, DatasetFile file) {
        return event -> {
            requireRole();
            Path path = version.file(file);
            event.setFileName(name(version) + "-" + file.fileName());
            event.setContentType(file.mediaType());
            event.setContentLength(Files.size(path));
            Files.copy(path, event.getOutputStream());
        };
    }

    DownloadHandler zip(DatasetVersion version) {
        return event -> {
            requireRole();
            writeZip(version, event);
        };
    }

    private void requireRole() {
        if (current.require().roles().stream().noneMatch(MAY_DOWNLOAD::contains)) {
            throw new AccessDeniedException("Dataset versions are for data leads and ML engineers.");
        }
    }

    private static void writeZip(DatasetVersion version, DownloadEvent event) throws IOException {
        event.setFileName(name(version) + ".zip");
        event.setContentType("application/zip");
        try (ZipOutputStream zip = new ZipOutputStream(event.getOutputStream())) {
            for (DatasetFile file : DatasetFile.values()) {
                ZipEntry entry = new ZipEntry(name(version) + "/" + file.fileName());
                entry.setTimeLocal(NO_TIME);
                zip.putNextEntry(entry);
                Files.copy(version.file(file), zip);
                zip.closeEntry();
            }
        }
    }

    private static String name(DatasetVersion version) {
        return "dataset-v" + version.number();
    }
}
