package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// An adapter in memory: the tensors that learn, and the order in which the program is bound to them.
final class Adapter {
    private record Part(Tensor down, Tensor up, Tensor scale, Optional<Tensor> magnitude) {
        List<Tensor> bound() {
            List<Tensor> bound = new ArrayList<>(List.of(down, up, scale));
            magnitude.ifPresent(bound::add);
            return bound;
        }
    }

    private final JsonObject json;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, Tensor> learnt = new LinkedHashMap<>();

    /// @param weights the base, by name
    Adapter(
            TensorScope scope,
            AdapterWeights values,
            WeightLayout layout,
            ModelConfig model,
            Map<String, Tensor> weights) {
        this.json = values.json();
        for (WeightShape weight : layout.projectionsOfAllLayers()) {
            if (layout.adapted().stream().anyMatch(module -> weight.module().endsWith("." + module))) {
                var place = AdapterWeights.Projection.of(model, weight);
                LowRank found = values.parts().get(weight.module());
                LowRank part = found == null
                        ? values.none(
                                place,
                                Objects.requireNonNull(weights.get(weight.name()))
                                        .floats())
                        : found;
                add(scope, place, part, found != null);
            }
        }
    }

    private void add(TensorScope scope, AdapterWeights.Projection place, LowRank values, boolean learns) {
        String module = place.weight().module();
        Part part = new Part(
                scope.floats(values.down(), values.rank(), place.in()),
                scope.floats(values.up(), place.out(), values.rank()),
                scope.floats(new float[] {(float) values.scale()}),
                values.magnitude().map(norms -> scope.floats(norms, norms.length)));
        parts.put(module, part);
        if (learns) {
            learnt.put(AdapterFolder.down(module), part.down);
            learnt.put(AdapterFolder.up(module), part.up);
            part.magnitude.ifPresent(tensor -> learnt.put(AdapterFolder.magnitude(module), tensor));
        }
    }

    JsonObject json() {
        return json;
    }

    /// What learns, by name in the model.
    Map<String, Tensor> learnt() {
        return learnt;
    }

    /// What the program is bound to for one layer.
    List<Tensor> bound(WeightLayout layout, int layer) {
        return layout.adapted().stream()
                .flatMap(module -> part(layout.layerPrefix() + layer + "." + module).bound().stream())
                .toList();
    }

    boolean changes(WeightShape weight) {
        return parts.containsKey(weight.module()) && !weight.isBias();
    }

    /// The weight that computes without the adapter what it computes with it, in float32.
    Tensor merged(TorchProgram program, TensorScope scope, WeightShape weight, Tensor value) {
        List<Object> arguments = new ArrayList<>(List.of(value));
        arguments.addAll(part(weight.module()).bound());
        return program.call(scope, "merged", arguments.toArray());
    }

    private Part part(String module) {
        return Objects.requireNonNull(parts.get(module));
    }
}
