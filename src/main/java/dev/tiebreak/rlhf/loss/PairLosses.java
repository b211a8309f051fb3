package dev.tiebreak.rlhf.loss;

/// The loss of each of B pairs and its derivatives; the trainer averages.
///
/// @param values     `[B]`
/// @param byChosen   `[B]`: derivative of the batch's sum with respect to the chosen completion's score or summed
///                   log-probability
/// @param byRejected `[B]`: the same for the rejected completion
public record PairLosses(double[] values, double[] byChosen, double[] byRejected) {
    PairLosses(int pairs) {
        this(new double[pairs], new double[pairs], new double[pairs]);
    }

    void set(int pair, double value, double byChosenScore, double byRejectedScore) {
        values[pair] = value;
        byChosen[pair] = byChosenScore;
        byRejected[pair] = byRejectedScore;
    }

    /// Adds `weight` times another loss of the same pairs.
    void add(PairLosses other, double weight) {
        for (int i = 0; i < values.length; i++) {
            values[i] += weight * other.values[i];
            byChosen[i] += weight * other.byChosen[i];
            byRejected[i] += weight * other.byRejected[i];
        }
    }

    /// Each pair's loss times its weight, which counts as a constant.
    public PairLosses weighted(double[] weights) {
        PairLosses weighted = new PairLosses(values.length);
        for (int i = 0; i < values.length; i++) {
            weighted.set(i, weights[i] * values[i], weights[i] * byChosen[i], weights[i] * byRejected[i]);
        }
        return weighted;
    }
}
