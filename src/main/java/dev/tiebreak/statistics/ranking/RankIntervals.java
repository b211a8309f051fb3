package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.Estimate;
import java.util.Arrays;

/// Between which ranks each item lies, for all items at once: rank 1 is the strongest.
///
/// Every difference of two strengths is tested with its own standard error, and Holm's step-down rule (1979) holds the
/// chance of even one wrong call at `1 − confidence`. An item's best rank is one more than the items surely stronger;
/// its worst leaves out those surely weaker. Overlapping intervals of single scores say neither.
///
/// @param best rank of each item
/// @param worst rank of each item
/// @param confidence that all of these intervals hold
public record RankIntervals(int[] best, int[] worst, double confidence) {

    /// @param strengths log strengths, pinned in any way
    /// @param confidence between 0 and 1
    public static RankIntervals of(double[] strengths, Covariance covariance, double confidence) {
        int n = strengths.length;
        double[] distances = new double[n * (n - 1) / 2];
        int pair = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                distances[pair++] = -Math.abs(distance(strengths, covariance, i, j));
            }
        }
        double sure = -leastSure(distances, confidence);
        int[] best = new int[n];
        int[] worst = new int[n];
        Arrays.fill(best, 1);
        Arrays.fill(worst, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double distance = distance(strengths, covariance, i, j);
                if (Math.abs(distance) >= sure) {
                    best[distance > 0 ? j : i]++;
                    worst[distance > 0 ? i : j]--;
                }
            }
        }
        return new RankIntervals(best, worst, confidence);
    }

    /// In standard errors; nothing is known of a difference without one.
    private static double distance(double[] strengths, Covariance covariance, int i, int j) {
        double variance = covariance.ofDifference(i, j);
        return variance > 0 ? (strengths[i] - strengths[j]) / Math.sqrt(variance) : 0;
    }

    /// The last distance that Holm's rule calls sure, its sign turned; minus infinity when there is none.
    private static double leastSure(double[] distances, double confidence) {
        Arrays.sort(distances);
        double last = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < distances.length; k++) {
            double needed = Estimate.normalQuantile(1 - (1 - confidence) / (distances.length - k));
            if (-distances[k] < needed) {
                break;
            }
            last = distances[k];
        }
        return last;
    }
}
