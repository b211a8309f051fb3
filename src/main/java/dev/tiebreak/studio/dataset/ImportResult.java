package dev.tiebreak.studio.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What became of an import.
///
/// @param imported   whether anything was kept: false when there were bad rows and all or nothing was asked for
/// @param problems   the first of them
/// @param rejectList all bad rows as CSV with file, line, column, reason and the row; absent when there is none
public record ImportResult(
        boolean imported,
        long rowsRead,
        long rowsRejected,
        long newPrompts,
        long newCompletions,
        long newComparisons,
        long newVotes,
        List<ImportProblem> problems,
        Optional<Path> rejectList) {
    public ImportResult {
        problems = List.copyOf(problems);
    }

    /// Whether everything in the files had been there before.
    public boolean nothingNew() {
        return imported && newPrompts + newCompletions + newComparisons + newVotes == 0;
    }
}
