package dev.tiebreak.rlhf.model;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.Safetensors;
import java.nio.file.Path;
import java.util.stream.LongStream;

/// How large a model is, from its configuration and the headers of its files: no tensor is read.
///
/// @param weights numbers in all tensors
public record ModelSize(long weights, ModelConfig config) {
    /// @throws WrongInputException naming the file that is missing or wrong
    public static ModelSize of(Path folder) {
        HuggingFaceFolder model = HuggingFaceFolder.open(folder);
        try (Safetensors tensors = model.openWeights()) {
            long weights = tensors.names().stream()
                    .mapToLong(name -> LongStream.of(tensors.info(name).shape()).reduce(1, Math::multiplyExact))
                    .sum();
            return new ModelSize(weights, ModelConfigFile.read(model));
        }
    }

    /// Inputs and outputs of all projections of all layers, summed.
    public long projectionEdges() {
        String layers = config.family().layerPrefix();
        return WeightShape.of(config).stream()
                .filter(weight -> weight.name().startsWith(layers) && !weight.isVector())
                .mapToLong(weight -> LongStream.of(weight.dimensions()).sum())
                .sum();
    }

    /// Such as `1.3M` or `8.0B`.
    public String text() {
        return weights < 1_000_000_000 ? "%.1fM".formatted(weights / 1e6) : "%.1fB".formatted(weights / 1e9);
    }
}
