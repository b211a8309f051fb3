package dev.tiebreak.statistics.ranking;

import java.util.Arrays;

/// Strengths of items. Comparisons only know differences of log strengths (ratios of strengths), so that one of these
/// conventions must pin them; say which.
public final class Strengths {
    private final double[] log;

    /// @param log log strengths `θ`, in log odds, however pinned
    Strengths(double[] log) {
        this.log = log.clone();
    }

    /// Log strengths as the model has them: with mean 0 for maximum likelihood; with a prior, the ghost item (or the
    /// prior's mean) at 0.
    public double[] log() {
        return log.clone();
    }

    /// Log strengths with mean 0.
    public double[] meanZero() {
        double[] centred = log.clone();
        centre(centred, centred.length);
        return centred;
    }

    /// Log strengths with the given item at 0.
    public double[] relativeTo(int item) {
        return Arrays.stream(log).map(theta -> theta - log[item]).toArray();
    }

    /// Strengths `π = e^θ` with geometric mean 1.
    public double[] geometricMeanOne() {
        return Arrays.stream(meanZero()).map(Math::exp).toArray();
    }

    /// Strengths `π = e^θ` with sum 1.
    public double[] sumOne() {
        double most = Arrays.stream(log).max().orElse(0);
        double[] strengths =
                Arrays.stream(log).map(theta -> Math.exp(theta - most)).toArray();
        double sum = 0;
        for (double strength : strengths) {
            sum += strength;
        }
        double all = sum;
        return Arrays.stream(strengths).map(strength -> strength / all).toArray();
    }

    static void centre(double[] values, int count) {
        double mean = 0;
        for (int i = 0; i < count; i++) {
            mean += values[i] / count;
        }
        for (int i = 0; i < count; i++) {
            values[i] -= mean;
        }
    }
}
