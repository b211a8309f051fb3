package dev.tiebreak.studio.assignment;

/// How much of an annotator's work checks that work. Shares are of all that an annotator is asked.
///
/// @param repeatShare    hidden repeats with swapped sides, to see whether people say the same again
/// @param repeatDistance judgments at least between a comparison and its repeat
/// @param goldShare      gold items and attention checks
public record CheckSettings(double repeatShare, int repeatDistance, double goldShare) {
    public static final double LARGEST_SHARE = 0.5;
    public static final int LONGEST_DISTANCE = 10_000;
    public static final CheckSettings NONE = new CheckSettings(0, 20, 0);

    public CheckSettings {
        if (!(repeatShare >= 0 && goldShare >= 0 && repeatShare + goldShare <= LARGEST_SHARE)) {
            throw new InvalidCheckException("Repeats and gold items together are at most half of the work.");
        }
        if (repeatDistance < 1 || repeatDistance > LONGEST_DISTANCE) {
            throw new InvalidCheckException(
                    "A repeat comes 1 to %,d judgments later, got %,d.".formatted(LONGEST_DISTANCE, repeatDistance));
        }
    }

    /// Repeats to so many regular comparisons.
    long repeatsTo(long regular) {
        return Math.round(regular * repeatShare / regularShare());
    }

    /// Gold items to so many regular comparisons.
    long goldTo(long regular) {
        return Math.round(regular * goldShare / regularShare());
    }

    private double regularShare() {
        return 1 - repeatShare - goldShare;
    }
}
