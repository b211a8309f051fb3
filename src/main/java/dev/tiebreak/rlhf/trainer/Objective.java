package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.List;
import java.util.function.BooleanSupplier;

/// What one method does with a batch of rows: it sends the gradient of its loss back into the weights and counts its
/// metrics. The loop around it is [TrainingRun]'s.
sealed interface Objective permits RewardObjective, DpoObjective, SftObjective {
    /// Rows to train on.
    int rows();

    /// Held-out rows; 0 when there are none.
    int heldOut();

    /// Prepares what has to be known before the first step, such as the reference's log-probabilities.
    ///
    /// @param firstEpoch its batches, so that what is computed here is bit-equal to what they will compute
    /// @param stop       asked between batches
    /// @return false when it was stopped before it was done
    default boolean prepare(TensorScope scope, List<int[]> firstEpoch, BooleanSupplier stop) {
        return true;
    }

    /// What the loss is averaged over in one optimiser step: pairs, or tokens.
    double weight(int[] rows);

    /// Adds the gradient of (sum of losses) / `total` to the weights' gradients.
    ///
    /// @param total the weight of the whole optimiser step, all its batches together
    /// @return tokens seen
    long accumulate(TensorScope scope, int[] rows, double total, Tally tally);

    /// Counts the metrics of held-out rows, without gradients.
    void evaluate(TensorScope scope, int[] rows, Tally tally);
}
