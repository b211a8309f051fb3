package dev.tiebreak.studio.dataset;

import java.util.Collection;

/// Keeps the votes of an import. The room with the log of judgments implements it.
public interface ImportedVotes {
    /// Adds those that are not there yet, in the caller's transaction.
    ///
    /// @return how many were new
    int record(ProjectId project, Collection<ImportedVote> votes);
}
