package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.server.streams.DownloadHandler;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/// Streams a list of bad rows; who may have it is asked anew at every download.
@Component
class RejectListDownload {
    private static final Set<Role> MAY_DOWNLOAD = Set.of(Role.DATA_LEAD, Role.ML_ENGINEER, Role.ADMINISTRATOR);

    private final CurrentAccount current;

    RejectListDownload(CurrentAccount current) {
        this.current = current;
    }

    DownloadHandler of(Path list) {
        return event -> {
            if (current.require().roles().stream().noneMatch(MAY_DOWNLOAD::contains)) {
                throw new AccessDeniedException("Reject lists are for data leads and ML engineers.");
            }
            event.setFileName("rejected-rows.csv");
            event.setContentType("text/csv");
            event.setContentLength(Files.size(list));
            Files.copy(list, event.getOutputStream());
        };
    }
}
