package dev.tiebreak.cli;

import dev.tiebreak.rlhf.data.ScorableRow;
import java.io.IOException;

/// Scores a file's rows one after the other, some at a time.
sealed interface RowScoring permits RewardScoring, LogProbScoring {
    void add(ScorableRow row) throws IOException;

    /// Scores what is left and sums up.
    void end() throws IOException;
}
