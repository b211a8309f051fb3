package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.dataset.Verdict;

/// The votes on one comparison in canonical order; skips are no votes.
///
/// @param preferA  votes that completion a is better
/// @param strengthOfA strengths of those, summed: 1 slightly, 2 clearly, 3 much better
record VoteCounts(int preferA, int preferB, int ties, int bothBad, int strengthOfA, int strengthOfB) {
    static final VoteCounts NONE = new VoteCounts(0, 0, 0, 0, 0, 0);

    int total() {
        return preferA + preferB + ties + bothBad;
    }

    /// @param strength canonical, above 0 for completion a
    VoteCounts plus(Verdict verdict, int strength) {
        return switch (verdict) {
            case PREFERENCE -> strength > 0 ? plus(1, 0, 0, 0, strength, 0) : plus(0, 1, 0, 0, 0, -strength);
            case TIE -> plus(0, 0, 1, 0, 0, 0);
            case BOTH_BAD -> plus(0, 0, 0, 1, 0, 0);
            case SKIP, WITHDRAWN -> this;
        };
    }

    /// The same votes with the completions named the other way round.
    VoteCounts turned() {
        return new VoteCounts(preferB, preferA, ties, bothBad, strengthOfB, strengthOfA);
    }

    VoteCounts plus(VoteCounts other) {
        return plus(other.preferA, other.preferB, other.ties, other.bothBad, other.strengthOfA, other.strengthOfB);
    }

    private VoteCounts plus(int a, int b, int tied, int bad, int ofA, int ofB) {
        return new VoteCounts(
                preferA + a, preferB + b, ties + tied, bothBad + bad, strengthOfA + ofA, strengthOfB + ofB);
    }
}
