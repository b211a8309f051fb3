package dev.tiebreak.rlhf.model;

import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchProgram;
import java.util.ArrayDeque;
import java.util.Deque;

/// The inputs of a trunk's layers, kept in place of everything that the layers compute on the way. The way back runs
/// each layer again, the last one first, so that what the gradient needs exists for one layer at a time.
/// Chen et al. 2016, with a layer as the segment.
final class LayerInputs {
    private final TorchProgram program;
    private final TensorScope step;
    private final PackedSequences packed;
    private final boolean embeddingsLearn;
    private final Tensor tokens;
    private final Tensor positions;
    private final Tensor turns;

    /// Of every layer, the first one first, and of the final norm.
    private final Deque<Input> inputs = new ArrayDeque<>();

    /// A leaf `[T, H]`, so that its gradient can be read, in a scope of its own, so that it goes when it has been used.
    private record Input(TensorScope scope, Tensor rows) {}

    /// @param embeddingsLearn whether the gradient is wanted as far back as the embeddings
    LayerInputs(TorchProgram program, int layers, TensorScope step, PackedSequences packed, boolean embeddingsLearn) {
        this.program = program;
        this.step = step;
        this.packed = packed;
        this.embeddingsLearn = embeddingsLearn;
        this.tokens = step.longs(packed.tokens(), packed.tokens().length);
        this.positions = step.longs(packed.positions(), packed.positions().length);
        this.turns = program.call(step, "turns", positions);
        try (GradMode _ = GradMode.off()) {
            TensorScope first = step.sub();
            inputs.add(new Input(first, embed(first)));
            for (int n = 0; n < layers; n++) {
                TensorScope next = step.sub();
                inputs.add(new Input(next, layer(next, inputs.getLast().rows, n)));
            }
        }
    }

    /// The trunk's output at the chosen places, with a graph as far back as the last layer's output.
    Tensor output(long[] places) {
        return program.call(step, "output", inputs.getLast().rows.trainable(), step.longs(places, places.length));
    }

    /// Goes on with the gradient that has come to the last layer's output, back to the embeddings.
    void backward() {
        Input above = inputs.removeLast();
        while (!inputs.isEmpty()) {
            Input input = inputs.removeLast();
            int n = inputs.size();
            again(above, scope -> layer(scope, input.rows.trainable(), n));
            above = input;
        }
        if (embeddingsLearn) {
            again(above, this::embed);
        }
    }

    private interface Part {
        Tensor run(TensorScope scope);
    }

    /// Runs what made `input` once more, recorded, and sends the gradient of `input` back through it.
    private void again(Input input, Part part) {
        try (TensorScope scope = step.sub();
                GradMode _ = GradMode.recording()) {
            part.run(scope).backward(input.rows.gradient(scope));
        }
        input.scope.close();
    }

    private Tensor embed(TensorScope scope) {
        return program.call(scope, "embed", tokens, positions);
    }

    private Tensor layer(TensorScope scope, Tensor input, int n) {
        return program.call(scope, "layer", input, turns, packed.boundaries(), packed.prefixes(), n);
    }
}
