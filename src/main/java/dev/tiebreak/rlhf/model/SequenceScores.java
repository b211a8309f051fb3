package dev.tiebreak.rlhf.model;

import dev.tiebreak.rlhf.torch.Tensor;

/// One score for each of B sequences, and the way back from them.
///
/// @param values `[B]`
public record SequenceScores(TrunkPass pass, Tensor values) {

    public float[] floats() {
        return values.floats();
    }

    /// Sends the loss's gradient with respect to each score `[B]` back into the weights' gradients.
    public void backward(Tensor gradient) {
        pass.backward(values, gradient);
    }
}
