package dev.tiebreak.rlhf.model;

import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchProgram;
import java.util.Optional;

/// One pass of a pack through a model's trunk, and the way back.
///
/// A whole pass is recorded from end to end, where gradients are recorded at all. A recomputing pass keeps
/// [LayerInputs] instead. Both give the weights the same gradients, on the CPU bit by bit.
public final class TrunkPass {
    private final Tensor output;
    private final Optional<LayerInputs> kept;

    private TrunkPass(Tensor output, Optional<LayerInputs> kept) {
        this.output = output;
        this.kept = kept;
    }

    static TrunkPass whole(TorchProgram program, TensorScope step, PackedSequences packed, long[] places) {
        long total = packed.tokens().length;
        Tensor output = program.call(
                step,
                "hidden",
                step.longs(packed.tokens(), total),
                step.longs(packed.positions(), total),
                packed.boundaries(),
                packed.prefixes(),
                step.longs(places, places.length));
        return new TrunkPass(output, Optional.empty());
    }

    static TrunkPass recomputing(LayerInputs inputs, long[] places) {
        return new TrunkPass(inputs.output(places), Optional.of(inputs));
    }

    /// What the trunk says at the N chosen places, `[N, H]`.
    public Tensor output() {
        return output;
    }

    /// Sends a gradient with respect to `result`, which is the output or was made of it, back into the weights'
    /// gradients. A pass goes back once.
    void backward(Tensor result, Tensor gradient) {
        result.backward(gradient);
        kept.ifPresent(LayerInputs::backward);
    }
}
