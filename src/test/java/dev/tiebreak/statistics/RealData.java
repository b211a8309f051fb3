package dev.tiebreak.statistics;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Public data that lies beside the checkout (`shared/data` in a folder above), not in the repository.
public final class RealData {

    private RealData() {}

    /// Skips the test, saying what is missing, where the data are not at hand.
    public static Path file(String name) {
        for (@Nullable Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared/data").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        return abort("skipped: there is no shared/data/" + name + " in a folder above the checkout");
    }
}
