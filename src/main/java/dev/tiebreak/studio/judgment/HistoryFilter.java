package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.Verdict;
import java.util.Optional;

/// Which judgments of a history are wanted; what is empty is not asked for.
public record HistoryFilter(Optional<ProjectId> project, Optional<Verdict> verdict) {
    public static final HistoryFilter ALL = new HistoryFilter(Optional.empty(), Optional.empty());
}
