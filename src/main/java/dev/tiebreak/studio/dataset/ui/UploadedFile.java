package dev.tiebreak.studio.dataset.ui;

import dev.tiebreak.studio.dataset.ImportFailedException;
import dev.tiebreak.studio.dataset.ImportFormat;
import dev.tiebreak.studio.dataset.ImportService;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A file that a person has uploaded, and what its first row tells.
///
/// @param name    as the person's computer calls it
/// @param format  absent when the first row fits none
/// @param problem why it fits none
/// @param columns of a file with named columns; else empty
record UploadedFile(
        Path path, String name, long bytes, Optional<ImportFormat> format, String problem, List<String> columns) {

    static UploadedFile inspect(ImportService imports, Path path, String name, long bytes) {
        try {
            ImportFormat format = imports.detect(path, name);
            List<String> columns = format.hasColumns() ? imports.columns(path, name) : List.of();
            return new UploadedFile(path, name, bytes, Optional.of(format), "", columns);
        } catch (ImportFailedException e) {
            return new UploadedFile(path, name, bytes, Optional.empty(), String.valueOf(e.getMessage()), List.of());
        }
    }

    String size() {
        if (bytes < 1_000) {
            return bytes + " bytes";
        }
        return bytes < 1_000_000 ? "%.0f kB".formatted(bytes / 1e3) : "%,.1f MB".formatted(bytes / 1e6);
    }
}
