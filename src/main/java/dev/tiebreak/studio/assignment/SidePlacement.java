package dev.tiebreak.studio.assignment;

/// Which completion stands left: alternating over the slots of a comparison, so that each stands left as often as right
/// (within one), and alternating over the comparisons of a round, so that an annotator who judges all of them sees both
/// sides alike.
final class SidePlacement {

    private SidePlacement() {}

    /// @param ordinal    of the comparison in its project
    /// @param slotNumber counts from 0
    static boolean aStandsLeft(int ordinal, int slotNumber) {
        return (ordinal + slotNumber) % 2 == 0;
    }
}
