package dev.tiebreak.studio.dataset.format;

import dev.tiebreak.studio.dataset.Turn;
import dev.tiebreak.studio.dataset.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a row of a file says, in our words.
public sealed interface Row {

    /// A prompt with its completions in canonical order; every pair of them becomes a comparison.
    ///
    /// @param id   the file's name for it, by which votes refer to the pair; absent where it has none
    /// @param vote what the row itself says about the first two completions
    record Candidates(Optional<String> id, List<Turn> turns, List<Candidate> completions, Optional<RowVote> vote)
            implements Row {}

    /// @param id     the file's name for it
    /// @param source the model that wrote it
    record Candidate(Optional<String> id, Optional<String> source, String text) {}

    /// A vote that stands in the row of its completions.
    ///
    /// @param strength above 0 when the first completion is better
    record RowVote(String annotator, Verdict verdict, int strength) {}

    /// A vote on a pair of another file, named by the pair's id; `left` is the pair's first completion.
    record PairVote(String pair, String annotator, Verdict verdict, int leftStrength) implements Row {}

    /// A vote on two completions of another file, named by their ids.
    record CompletionVote(
            String left,
            String right,
            String annotator,
            Verdict verdict,
            int leftStrength,
            Optional<Instant> at,
            Optional<Duration> active)
            implements Row {}
}
