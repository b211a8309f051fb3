package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.WrongInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// An adapter's numbers outside libtorch, as they were read or drawn.
///
/// @param json  PEFT's `adapter_config.json`, which a trained adapter is written with again
/// @param parts by the projection's name in the model, such as `model.layers.0.self_attn.q_proj`
record AdapterWeights(JsonObject json, boolean dora, Map<String, LowRank> parts) {

    /// A new adapter that changes nothing yet: A is drawn evenly from ±1/√in, as PEFT does, and B is 0.
    ///
    /// @param values gives each weight's numbers, which DoRA's norms begin with
    /// @throws WrongInputException when the model has no projection that a target names
    static AdapterWeights fresh(
            LoraConfig config, ModelConfig model, Function<WeightShape, float[]> values, RandomGenerator random) {
        WeightLayout layout = WeightLayout.of(model);
        List<String> chosen = chosen(config.targets(), layout.projections()).stream()
                .map(WeightShape::module)
                .toList();
        Map<String, LowRank> parts = new LinkedHashMap<>();
        for (WeightShape weight : layout.projectionsOfAllLayers()) {
            if (chosen.stream().anyMatch(module -> AdapterConfigFile.names(module, weight.module()))) {
                parts.put(weight.module(), fresh(config, Projection.of(model, weight), values, random));
            }
        }
        List<String> targets =
                config.targets().isEmpty() ? chosen.stream().sorted().toList() : config.targets();
        return new AdapterWeights(AdapterConfigFile.json(config, model, targets), config.dora(), parts);
    }

    private static LowRank fresh(
            LoraConfig config, Projection projection, Function<WeightShape, float[]> values, RandomGenerator random) {
        float[] down = new float[Math.toIntExact(config.rank() * projection.in())];
        double bound = 1 / Math.sqrt(projection.in());
        for (int i = 0; i < down.length; i++) {
            down[i] = (float) random.nextDouble(-bound, bound);
        }
        return new LowRank(
                config.rank(),
                config.scale(),
                down,
                new float[Math.toIntExact(projection.out() * config.rank())],
                config.dora() ? Optional.of(projection.rowNorms(values.apply(projection.weight()))) : Optional.empty());
    }

    private static List<WeightShape> chosen(List<String> targets, List<WeightShape> projections) {
        if (targets.isEmpty()) {
            return projections;
        }
        List<WeightShape> chosen = new ArrayList<>();
        for (String target : targets) {
            List<WeightShape> named = projections.stream()
                    .filter(weight -> AdapterConfigFile.names(target, weight.module()))
                    .toList();
            if (named.isEmpty()) {
                throw new WrongInputException("lora_target_modules: the model has no projection '" + target
                        + "'; it has "
                        + String.join(
                                ", ",
                                projections.stream().map(WeightShape::module).toList()));
            }
            chosen.addAll(named);
        }
        return chosen.stream().distinct().toList();
    }

    /// The projections of a layer that carry an adapter in some layer, by their names without prefix and number.
    List<String> modules(WeightLayout layout) {
        return layout.projections().stream()
                .map(WeightShape::module)
                .filter(module -> parts.keySet().stream().anyMatch(name -> name.endsWith("." + module)))
                .toList();
    }

    /// What stands where a layer carries none while another does: an adapter that changes nothing.
    LowRank none(Projection projection, float[] weight) {
        return new LowRank(
                1,
                0,
                new float[Math.toIntExact(projection.in())],
                new float[Math.toIntExact(projection.out())],
                dora ? Optional.of(projection.rowNorms(weight)) : Optional.empty());
    }

    /// A linear weight, whichever way round it is stored.
    record Projection(WeightShape weight, boolean transposed) {
        static Projection of(ModelConfig model, WeightShape weight) {
            return new Projection(weight, model.family().storesTransposed());
        }

        long out() {
            return weight.shape().get(transposed ? 1 : 0);
        }

        long in() {
            return weight.shape().get(transposed ? 0 : 1);
        }

        private float[] rowNorms(float[] values) {
            int out = Math.toIntExact(out());
            double[] squares = new double[out];
            for (int i = 0; i < values.length; i++) {
                squares[transposed ? i % out : i / (values.length / out)] += (double) values[i] * values[i];
            }
            float[] norms = new float[out];
            for (int row = 0; row < out; row++) {
                norms[row] = (float) Math.sqrt(squares[row]);
            }
            return norms;
        }
    }
}
