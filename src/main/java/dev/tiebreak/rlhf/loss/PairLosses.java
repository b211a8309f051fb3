package dev.tiebreak.rlhf.loss;

/// The loss of each of B pairs and its derivatives; the trainer averages.
///
/// @param values     `[B]`
/// @param byChosen   `[B]`: derivative with respect to the chosen completion's score or summed log-probability
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
}
