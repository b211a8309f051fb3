package dev.tiebreak.studio.dataset;

/// What was decided about a comparison.
public enum Verdict {
    /// One completion is better; the strength says which and how much.
    PREFERENCE,
    /// Both are equally good.
    TIE,
    /// Neither is acceptable.
    BOTH_BAD,
    /// The annotator passed it on to others.
    SKIP,
    /// An earlier judgment was taken back.
    WITHDRAWN
}
