package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.preference.FreezeSettings.MarginRule;
import dev.tiebreak.studio.preference.FreezeSettings.VotePolicy;

/// What the votes on one comparison say together: a preference pair, or why there is none.
///
/// Majority: the chosen completion has more votes than the other and more than each kind of vote without a preference.
/// `src/docs/methods/preference-pairs.md` says so for people, with worked numbers.
sealed interface Consensus {

    /// @param margin    see [MarginRule]; 0 under `NONE`
    /// @param softLabel probability that one more annotator prefers the chosen completion, above ½
    /// @param votes     that were counted
    record Pair(boolean aIsChosen, double margin, double softLabel, int votes) implements Consensus {}

    enum NoPair implements Consensus {
        WITHOUT_VOTES,
        TOO_FEW_VOTES,
        TIE,
        BOTH_BAD
    }

    static Consensus of(VoteCounts cast, FreezeSettings settings) {
        if (cast.total() == 0) {
            return NoPair.WITHOUT_VOTES;
        }
        VoteCounts votes = setAside(cast, settings);
        if (votes.total() < settings.minVotes()) {
            return cast.total() < settings.minVotes() ? NoPair.TOO_FEW_VOTES : mostFrequentWithoutPreference(cast);
        }
        int most = Math.max(votes.preferA(), votes.preferB());
        if (votes.bothBad() >= most && votes.bothBad() >= votes.ties()) {
            return NoPair.BOTH_BAD;
        }
        if (votes.ties() >= most || votes.preferA() == votes.preferB()) {
            return NoPair.TIE;
        }
        boolean aIsChosen = votes.preferA() > votes.preferB();
        return pair(aIsChosen, aIsChosen ? votes : votes.turned(), settings.margin());
    }

    private static VoteCounts setAside(VoteCounts votes, FreezeSettings settings) {
        return new VoteCounts(
                votes.preferA(),
                votes.preferB(),
                settings.ties() == VotePolicy.IGNORE ? 0 : votes.ties(),
                settings.bothBad() == VotePolicy.IGNORE ? 0 : votes.bothBad(),
                votes.strengthOfA(),
                votes.strengthOfB());
    }

    private static NoPair mostFrequentWithoutPreference(VoteCounts cast) {
        return cast.bothBad() > cast.ties() ? NoPair.BOTH_BAD : NoPair.TIE;
    }

    /// @param votes with the chosen completion as a
    private static Pair pair(boolean aIsChosen, VoteCounts votes, MarginRule rule) {
        double total = votes.total();
        double margin = switch (rule) {
            // a strong minority can outweigh a weak majority: a margin below 0 would ask for the opposite
            case STRENGTH -> Math.max(0, (votes.strengthOfA() - votes.strengthOfB()) / total);
            case VOTE_SHARE -> (votes.preferA() - votes.preferB()) / total;
            case NONE -> 0;
        };
        double undecided = votes.ties() + votes.bothBad();
        double softLabel = (votes.preferA() + undecided / 2 + 1) / (total + 2); // rule of succession (Laplace)
        return new Pair(aIsChosen, margin, softLabel, votes.total());
    }
}
