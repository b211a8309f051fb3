package dev.tiebreak.studio.preference;

/// How judgments become preference pairs.
///
/// @param minVotes     comparisons with fewer votes (skips do not count) give no pair
/// @param ties         what votes for a tie do
/// @param bothBad      what votes that neither completion is acceptable do
/// @param margin       what the column `margin` holds
/// @param testFraction share of the prompts set aside for the test files, 0 to 0.9
/// @param seed         of the split
public record FreezeSettings(
        int minVotes, VotePolicy ties, VotePolicy bothBad, MarginRule margin, double testFraction, long seed) {

    /// What a vote without a preference does.
    public enum VotePolicy {
        /// It stands against the preferences: where it is the most frequent, or as frequent as the winner, there is no
        /// pair.
        DROP,
        /// It is set aside, as if it had not been cast.
        IGNORE
    }

    public enum MarginRule {
        /// The mean strength of the votes towards the chosen completion, 0 to 3.
        STRENGTH,
        /// Votes for chosen minus votes for rejected, over all votes, 0 to 1.
        VOTE_SHARE,
        /// No such column: TRL's reward trainer subtracts a margin wherever there is one.
        NONE
    }

    public FreezeSettings {
        if (minVotes < 1 || minVotes > 1000) {
            throw new IllegalArgumentException("The fewest votes are 1 to 1,000, got " + minVotes + ".");
        }
        if (!(testFraction >= 0 && testFraction <= 0.9)) {
            throw new IllegalArgumentException("The test share is 0 to 0.9, got " + testFraction + ".");
        }
    }

    public static FreezeSettings defaults() {
        return new FreezeSettings(1, VotePolicy.DROP, VotePolicy.DROP, MarginRule.STRENGTH, 0.1, 0);
    }

    public FreezeSettings withMinVotes(int votes) {
        return new FreezeSettings(votes, ties, bothBad, margin, testFraction, seed);
    }
}
