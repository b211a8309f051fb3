package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.Estimate;

/// What is known of the scores: a normal distribution of all together, on the scale of log-odds (or of probits,
/// where the link is that).
///
/// @param mean one an item
/// @param covariance `[items, items]`
public record ScorePosterior(double[] mean, double[][] covariance) {

    public ScorePosterior {
        if (mean.length != covariance.length) {
            throw new IllegalArgumentException(
                    mean.length + " means and " + covariance.length + " rows of covariances");
        }
    }

    public int items() {
        return mean.length;
    }

    public double differenceMean(int one, int other) {
        return mean[one] - mean[other];
    }

    public double differenceVariance(int one, int other) {
        return Math.max(0, covariance[one][one] + covariance[other][other] - 2 * covariance[one][other]);
    }

    /// How far one item lies above another; the interval holds the difference with the probability
    /// `confidence`.
    public Estimate difference(int one, int other, double confidence) {
        return Estimate.normal(
                differenceMean(one, other), Math.sqrt(differenceVariance(one, other)), confidence, "normal posterior");
    }
}
