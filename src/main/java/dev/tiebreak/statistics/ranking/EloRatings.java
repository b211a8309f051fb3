package dev.tiebreak.statistics.ranking;

import java.util.Arrays;

/// Elo's running ratings, for display only: they depend on the order of the comparisons and have no interval.
/// Scores to decide by come from Bradley–Terry.
///
/// After each comparison `r_left += K (s − e)` and `r_right −= K (s − e)`, with `s` 1 for a win of left, 0 for
/// one of right, ½ for a tie, and `e = 1 / (1 + base^((r_right − r_left) / scale))` (Elo 1978; as FastChat's
/// `compute_elo`). Units: `scale` points are odds of `base` to 1. The mean rating stays `initial`. A row of
/// weight w moves w times as far.
///
/// @param k points at stake in one comparison; 4 is slow and steady, 32 fast
/// @param scale 400 by custom
/// @param base 10 by custom
/// @param initial rating of an item before its first comparison; 1000 by custom
public record EloRatings(double k, double scale, double base, double initial) {

    public EloRatings {
        if (!(k > 0) || !(scale > 0) || !(base > 1) || !Double.isFinite(initial)) {
            throw new IllegalArgumentException(
                    "no ratings have K " + k + ", scale " + scale + ", base " + base + " and start " + initial);
        }
    }

    /// K = 4, scale 400, base 10, from 1000: what arenas show.
    public static EloRatings usual() {
        return new EloRatings(4, 400, 10, 1000);
    }

    /// The ratings after the last row, one an item; an item without comparisons stays at the start.
    public double[] after(ComparisonRows rows) {
        double[] ratings = new double[rows.items()];
        Arrays.fill(ratings, initial);
        for (int row = 0; row < rows.size(); row++) {
            int left = rows.left(row);
            int right = rows.right(row);
            double expected = 1 / (1 + Math.pow(base, (ratings[right] - ratings[left]) / scale));
            double gain = k * rows.weight(row) * (score(rows.outcome(row)) - expected);
            ratings[left] += gain;
            ratings[right] -= gain;
        }
        return ratings;
    }

    private static double score(Outcome outcome) {
        return switch (outcome) {
            case LEFT -> 1;
            case RIGHT -> 0;
            case TIE -> 0.5;
        };
    }
}
