package dev.tiebreak.studio.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What to import into which project.
///
/// @param goodRowsOnly whether the good rows go in when others are bad; else it is all rows or none
public record ImportRequest(ProjectId project, List<ImportFile> files, boolean goodRowsOnly) {
    public ImportRequest {
        files = List.copyOf(files);
    }

    /// @param name    as the person knows it, for messages
    /// @param columns for CSV: which column of the file stands for which of ours, where it is not called so
    public record ImportFile(Path path, String name, ImportFormat format, Map<CsvColumn, String> columns) {
        public ImportFile {
            columns = Map.copyOf(columns);
        }

        public ImportFile(Path path, String name, ImportFormat format) {
            this(path, name, format, Map.of());
        }
    }
}
