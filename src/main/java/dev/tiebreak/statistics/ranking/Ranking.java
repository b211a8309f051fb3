package dev.tiebreak.statistics.ranking;

/// Strengths of items from comparisons, or why there are none.
public sealed interface Ranking permits BradleyTerryFit, Ranking.NotEstimable {

    /// @param reason why the data have no such estimates, and what a person can do
    /// @param connectivity the sets of items that stand in the way, by number
    record NotEstimable(String reason, Connectivity connectivity) implements Ranking {}
}
