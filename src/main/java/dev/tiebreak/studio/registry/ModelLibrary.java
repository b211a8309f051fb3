package dev.tiebreak.studio.registry;

import dev.tiebreak.rlhf.WrittenAside;
import dev.tiebreak.studio.account.Role;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.util.unit.DataSize;

/// Models that were not trained here: brought as a zip in the browser, or put into the models folder by hand.
@Service
public class ModelLibrary {
    private static final long KEPT_FREE = 1L << 30; // on the disk, whatever is uploaded

    private final ModelsFolder models;
    private final CheckpointService checkpoints;
    private final long largest;

    ModelLibrary(
            ModelsFolder models, CheckpointService checkpoints, @Value("${tiebreak.models.largest}") DataSize largest) {
        this.models = models;
        this.checkpoints = checkpoints;
        this.largest = largest.toBytes();
    }

    /// Where models may be put by hand, for pages to tell.
    public Path folder() {
        return models.root();
    }

    /// Adds the model in a zip of its Hugging Face folder. It is unpacked and checked aside: either the model is there
    /// as a whole and registered, or nothing is left of it.
    ///
    /// @throws InvalidModelException in one line that says what is wrong with the name, the zip or the model
    @RolesAllowed({Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public Checkpoint add(String name, InputStream zip) {
        models.requireFree(name);
        UUID upload = UUID.randomUUID();
        try {
            Path file = models.created().resolve("." + upload + ".zip");
            try {
                receive(zip, file);
                return unpack(name, file, models.root().resolve("." + upload));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the model could not be stored: " + e.getMessage(), e);
        }
    }

    private void receive(InputStream zip, Path file) throws IOException {
        long most = allowed();
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long received = 0;
            for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
                received += read;
                if (received > most) {
                    throw new InvalidModelException(
                            "the zip has more than %,d bytes, which is more than is allowed here".formatted(most));
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private Checkpoint unpack(String name, Path file, Path aside) throws IOException {
        AtomicReference<CheckpointKind> kind = new AtomicReference<>(CheckpointKind.BASE);
        try {
            WrittenAside.writeFolder(aside, folder -> {
                ModelZip.unpack(file, folder, allowed());
                kind.set(ModelCheck.kindOf(folder));
            });
            return checkpoints.register(NewCheckpoint.brought(name, kind.get(), models.putInPlace(aside, name)));
        } finally {
            WrittenAside.deleteFolder(aside);
        }
    }

    private long allowed() throws IOException {
        long free = Files.getFileStore(models.created()).getUsableSpace() - KEPT_FREE;
        return Math.max(0, Math.min(largest, free));
    }

    /// Registers every model that was put into the models folder by hand.
    ///
    /// @return what cannot be used, a line each
    @RolesAllowed({Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public List<String> lookAgain() {
        return registerFound();
    }

    List<String> registerFound() {
        List<String> problems = new ArrayList<>();
        for (Path folder : models.models()) {
            String name = folder.getFileName().toString();
            try {
                checkpoints.register(NewCheckpoint.brought(name, ModelCheck.kindOf(folder), folder));
            } catch (InvalidModelException | IllegalArgumentException e) {
                problems.add(name + ": " + e.getMessage());
            }
        }
        return problems;
    }
}
