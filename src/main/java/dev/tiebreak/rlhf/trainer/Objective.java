package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.Optional;

/// What one method does with a batch of rows: it sends the gradient of its loss back into the weights and counts its
/// metrics. The loop around it is [TrainingRun]'s.
sealed interface Objective
        permits SftObjective,
                RewardObjective,
                RankingObjective,
                RegressionObjective,
                DpoObjective,
                KtoObjective,
                CpoObjective,
                OrpoObjective {
    /// Rows to train on.
    int rows();

    /// Held-out rows; 0 when there are none.
    int heldOut();

    /// What the reference says of the rows, for methods that have one.
    default Optional<ReferenceLogProbs> reference() {
        return Optional.empty();
    }

    /// How a finished reward model's scores are spread, on held-out rows where there are some.
    default Optional<RewardSpread> rewardSpread(TensorScope scope) {
        return Optional.empty();
    }

    /// What the loss is averaged over in one optimiser step.
    StepSize size(int[] rows);

    /// Rows to train on, as they are laid down for the trunk.
    PackedSequences packed(int[] rows);

    /// Adds the gradient of the step's mean loss to the weights' gradients, as far as these rows have a part in it.
    ///
    /// @param step the size of the whole optimiser step, all its batches together
    /// @return tokens seen
    long accumulate(TensorScope scope, int[] rows, StepSize step, Tally tally);

    /// Counts the metrics of held-out rows, without gradients.
    void evaluate(TensorScope scope, int[] rows, Tally tally);
}
