package dev.tiebreak.rlhf.data;

/// What becomes of a pair with a sequence longer than `max_length`.
public enum Overlength {
    /// The completion is cut at `max_length`, and the pair dropped when its prompt alone fills it: DPO.
    CUT,
    /// The pair is dropped: a reward model scores the last token, which must be the real one.
    DROP
}
