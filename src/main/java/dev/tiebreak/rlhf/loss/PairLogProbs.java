package dev.tiebreak.rlhf.loss;

/// Log-probabilities of B preference pairs, summed over completion tokens, in nats, each array `[B]`.
///
/// @param chosen            under the policy
/// @param rejected          under the policy
/// @param referenceChosen   under the frozen reference model; zeros for losses without one
/// @param referenceRejected under the frozen reference model
/// @param chosenLengths     completion tokens
/// @param rejectedLengths   completion tokens
/// @param margins           by how much annotators found the chosen completion better; zeros where rows carry none
public record PairLogProbs(
        double[] chosen,
        double[] rejected,
        double[] referenceChosen,
        double[] referenceRejected,
        int[] chosenLengths,
        int[] rejectedLengths,
        double[] margins) {

    /// Pairs without annotated margins.
    public PairLogProbs(
            double[] chosen,
            double[] rejected,
            double[] referenceChosen,
            double[] referenceRejected,
            int[] chosenLengths,
            int[] rejectedLengths) {
        this(
                chosen,
                rejected,
                referenceChosen,
                referenceRejected,
                chosenLengths,
                rejectedLengths,
                new double[chosen.length]);
    }

    public int pairs() {
        return chosen.length;
    }

    /// How much likelier the policy finds the chosen completion than the reference does: log π/π_ref.
    public double chosenRatio(int pair) {
        return chosen[pair] - referenceChosen[pair];
    }

    public double rejectedRatio(int pair) {
        return rejected[pair] - referenceRejected[pair];
    }

    /// Mean log-probability of a token of the chosen completion.
    public double chosenMean(int pair) {
        return chosen[pair] / chosenLengths[pair];
    }

    public double rejectedMean(int pair) {
        return rejected[pair] / rejectedLengths[pair];
    }
}
