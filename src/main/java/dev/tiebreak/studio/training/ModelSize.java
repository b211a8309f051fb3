package dev.tiebreak.studio.training;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.Safetensors;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.ModelConfigFile;
import java.nio.file.Path;
import java.util.stream.LongStream;

/// How large a model is, from its configuration and the headers of its files: no tensor is read.
///
/// @param weights numbers in all tensors
public record ModelSize(long weights, ModelConfig config) {
    /// Below this, presets are those for small models.
    private static final long SMALL = 50_000_000;

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

    boolean isSmall() {
        return weights < SMALL;
    }

    /// Such as `1.3M` or `8.0B`.
    public String text() {
        return weights < 1_000_000_000 ? "%.1fM".formatted(weights / 1e6) : "%.1fB".formatted(weights / 1e9);
    }
}
