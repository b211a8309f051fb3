package dev.tiebreak.studio.dataset;

import java.time.Instant;

/// An import that was kept.
///
/// @param files     their names, as the person knew them
/// @param startedBy a user name, `command line` or `system`
public record ImportRun(
        ImportId id,
        String files,
        Instant startedAt,
        String startedBy,
        long rowsRead,
        long rowsRejected,
        long newPrompts,
        long newCompletions,
        long newComparisons,
        long newVotes) {}
