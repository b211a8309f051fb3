package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.server.streams.DownloadHandler;
import dev.tiebreak.studio.account.Account;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointFiles;
import java.util.Set;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/// Streams a model as a zip of its Hugging Face folder; who may have it is asked anew at every download.
@Component
class CheckpointDownload {
    private static final Set<Role> MAY_DOWNLOAD = Set.of(Role.ML_ENGINEER, Role.ADMINISTRATOR);

    private final CurrentAccount current;
    private final CheckpointFiles files;

    CheckpointDownload(CurrentAccount current, CheckpointFiles files) {
        this.current = current;
        this.files = files;
    }

    boolean isAllowed() {
        return current.find().map(Account::roles).stream().flatMap(Set::stream).anyMatch(MAY_DOWNLOAD::contains);
    }

    DownloadHandler of(Checkpoint checkpoint) {
        return event -> {
            if (!isAllowed()) {
                throw new AccessDeniedException("Models are for ML engineers and administrators.");
            }
            event.setFileName(files.folderName(checkpoint) + ".zip");
            event.setContentType("application/zip");
            files.writeZip(checkpoint, event.getOutputStream());
        };
    }
}
