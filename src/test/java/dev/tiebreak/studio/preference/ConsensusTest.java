package dev.tiebreak.studio.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.preference.Consensus.NoPair;
import dev.tiebreak.studio.preference.Consensus.Pair;
import dev.tiebreak.studio.preference.FreezeSettings.MarginRule;
import dev.tiebreak.studio.preference.FreezeSettings.VotePolicy;
import org.junit.jupiter.api.Test;

class ConsensusTest {
    private static final FreezeSettings DEFAULTS = FreezeSettings.defaults();

    /// Votes as strengths towards a; `t` tie, `x` both bad, `s` skip.
    private static VoteCounts votes(String cast) {
        VoteCounts votes = VoteCounts.NONE;
        for (String vote : cast.strip().split(" ")) {
            votes = switch (vote) {
                case "t" -> votes.plus(Verdict.TIE, 0);
                case "x" -> votes.plus(Verdict.BOTH_BAD, 0);
                case "s" -> votes.plus(Verdict.SKIP, 0);
                default -> votes.plus(Verdict.PREFERENCE, Integer.parseInt(vote));
            };
        }
        return votes;
    }

    @Test
    void two_of_three_votes_choose_with_mean_strength_as_margin() {
        // margin (3 + 1 − 2)/3; soft label (2 + 1)/(3 + 2), by hand
        assertThat(Consensus.of(votes("3 1 -2"), DEFAULTS)).isEqualTo(new Pair(true, 2 / 3.0, 3 / 5.0, 3));
        assertThat(Consensus.of(votes("-3 -1 2"), DEFAULTS)).isEqualTo(new Pair(false, 2 / 3.0, 3 / 5.0, 3));
    }

    @Test
    void one_vote_is_enough_unless_more_are_asked_for() {
        assertThat(Consensus.of(votes("-2"), DEFAULTS)).isEqualTo(new Pair(false, 2, 2 / 3.0, 1));
        assertThat(Consensus.of(votes("-2"), DEFAULTS.withMinVotes(2))).isEqualTo(NoPair.TOO_FEW_VOTES);
    }

    @Test
    void a_tie_counts_half_for_either_side_and_weakens_the_margin() {
        // margin 4/3; soft label (2 + ½ + 1)/5
        assertThat(Consensus.of(votes("2 2 t"), DEFAULTS)).isEqualTo(new Pair(true, 4 / 3.0, 3.5 / 5, 3));
    }

    @Test
    void as_many_ties_as_votes_for_the_winner_give_no_pair() {
        assertThat(Consensus.of(votes("2 2 t t -1"), DEFAULTS)).isEqualTo(NoPair.TIE);
        assertThat(Consensus.of(votes("t"), DEFAULTS)).isEqualTo(NoPair.TIE);
    }

    @Test
    void evenly_split_votes_give_no_pair_however_strong() {
        assertThat(Consensus.of(votes("3 3 -1 -1"), DEFAULTS)).isEqualTo(NoPair.TIE);
    }

    @Test
    void ties_can_be_set_aside() {
        FreezeSettings ignoring = new FreezeSettings(1, VotePolicy.IGNORE, VotePolicy.DROP, MarginRule.STRENGTH, 0, 0);
        assertThat(Consensus.of(votes("2 t t t"), ignoring)).isEqualTo(new Pair(true, 2, 2 / 3.0, 1));
        assertThat(Consensus.of(votes("t t t"), ignoring)).isEqualTo(NoPair.TIE);
        assertThat(Consensus.of(votes("2 t t"), ignoring.withMinVotes(2))).isEqualTo(NoPair.TIE);
    }

    @Test
    void completions_found_bad_by_most_give_no_pair() {
        assertThat(Consensus.of(votes("x x 1"), DEFAULTS)).isEqualTo(NoPair.BOTH_BAD);
        assertThat(Consensus.of(votes("x x t 1"), DEFAULTS)).isEqualTo(NoPair.BOTH_BAD);
        FreezeSettings ignoring = new FreezeSettings(1, VotePolicy.DROP, VotePolicy.IGNORE, MarginRule.STRENGTH, 0, 0);
        assertThat(Consensus.of(votes("x x 1"), ignoring)).isEqualTo(new Pair(true, 1, 2 / 3.0, 1));
    }

    @Test
    void a_strong_minority_never_turns_the_margin_around() {
        assertThat(Consensus.of(votes("1 1 -3"), DEFAULTS)).isEqualTo(new Pair(true, 0, 3 / 5.0, 3));
    }

    @Test
    void the_margin_can_be_the_vote_share() {
        FreezeSettings share = new FreezeSettings(1, VotePolicy.DROP, VotePolicy.DROP, MarginRule.VOTE_SHARE, 0, 0);
        assertThat(Consensus.of(votes("1 1 1 -3"), share)).isEqualTo(new Pair(true, 0.5, 4 / 6.0, 4));
    }

    @Test
    void skips_are_no_votes() {
        assertThat(Consensus.of(votes("s s"), DEFAULTS)).isEqualTo(NoPair.WITHOUT_VOTES);
        assertThat(Consensus.of(votes("s 1"), DEFAULTS)).isEqualTo(new Pair(true, 1, 2 / 3.0, 1));
    }
}
