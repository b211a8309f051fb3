package dev.tiebreak.rlhf.loss;

/// Log-probabilities of B preference pairs, summed over completion tokens, in nats, each array `[B]`.
///
/// @param chosen            under the policy
/// @param rejected          under the policy
/// @param referenceChosen   under the frozen reference model
/// @param referenceRejected under the frozen reference model
/// @param chosenLengths     completion tokens
/// @param rejectedLengths   completion tokens
public record PairLogProbs(
        double[] chosen,
        double[] rejected,
        double[] referenceChosen,
        double[] referenceRejected,
        int[] chosenLengths,
        int[] rejectedLengths) {

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

    /// The chosen ratio less the rejected ratio: what DPO widens.
    public double advantage(int pair) {
        return chosenRatio(pair) - rejectedRatio(pair);
    }
}
