package dev.tiebreak.studio.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What to import into which project.
///
/// @param goodRowsOnly whether the good rows go in when others are bad; else it is all rows or none
/// @param columns      for CSV: which column of the file stands for which of ours, such as `prompt` → `question`
public record ImportRequest(
        ProjectId project, List<ImportFile> files, boolean goodRowsOnly, Map<String, String> columns) {
    public ImportRequest {
        files = List.copyOf(files);
        columns = Map.copyOf(columns);
    }

    /// @param name as the person knows it, for messages
    public record ImportFile(Path path, String name, ImportFormat format) {}
}
